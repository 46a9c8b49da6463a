import * as vscode from "vscode";
import type { Scope } from "../protocol/events.js";
import { inWords, reasonOf } from "./inWords.js";
import { plainText } from "./plainText.js";
import { scopeTexts } from "./scopeTexts.js";
import type { ServerHost, TokenDesk } from "./serverHost.js";

/** Days for which a copied token is valid. */
const TOKEN_DAYS = 30;

interface Connection {
  readonly url: string;
  readonly token: string;
}

/** Copies the stream's address with a fresh token to the clipboard, as text or as a snippet. */
export async function copyClientConnection(host: ServerHost): Promise<void> {
  if ((await reachableTokens(host)) === null) return;
  const scope = await pickScope();
  const format = scope && (await pickFormat());
  if (!format) return;
  // While somebody thinks, the stream may have gone elsewhere.
  const desk = await reachableTokens(host);
  const { url } = host;
  if (desk === null || url === null) return;
  const name = vscode.l10n.t("Copied: {0}", format.label);
  try {
    const { text } = await desk.tokens.issue({ name, scope, expiresIn: TOKEN_DAYS * 86_400 });
    await vscode.env.clipboard.writeText(format.write({ url, token: text }));
  } catch (error) {
    const message = vscode.l10n.t("The token was not made: {0}", plainText(reasonOf(error)));
    void vscode.window.showErrorMessage(message);
    return;
  }
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("Copied. The token is valid for {0} days.", TOKEN_DAYS),
    5_000,
  );
}

/** The server's tokens, the server started if it is not; `null` where other programs cannot reach it, and the user is told why. */
export async function reachableTokens(host: ServerHost): Promise<TokenDesk | null> {
  const desk = await host.ensureTokens().catch(() => null);
  if (desk !== null && host.url !== null) return desk;
  const message = vscode.workspace.isTrusted
    ? vscode.l10n.t("The server could not start: {0}", inWords(host.error ?? ""))
    : vscode.l10n.t("Other programs can connect once this workspace is trusted.");
  void vscode.window.showWarningMessage(message);
  return null;
}

async function pickScope(): Promise<Scope | undefined> {
  const title = vscode.l10n.t("What may the client do?");
  return (await vscode.window.showQuickPick(scopeTexts(), { title }))?.value;
}

async function pickFormat() {
  const items = [
    {
      label: vscode.l10n.t("Address and token"),
      detail: vscode.l10n.t("For any client"),
      write: addressAndToken,
    },
    { label: "curl", detail: vscode.l10n.t("A command for the terminal"), write: curlSnippet },
    { label: "socket.io-client", detail: vscode.l10n.t("A script for Node.js"), write: socketSnippet },
  ];
  return vscode.window.showQuickPick(items, { title: vscode.l10n.t("What to copy?") });
}

function addressAndToken({ url, token }: Connection): string {
  return `${url}\n${token}\n`;
}

function curlSnippet({ url, token }: Connection): string {
  return `curl -H "Authorization: Bearer ${token}" ${url}/api/fusion/stream\n`;
}

function socketSnippet({ url, token }: Connection): string {
  return `import { io } from "socket.io-client";

const socket = io("${url}", { auth: { token: "${token}" } });
socket.on("connect_error", (error) => console.error(error.message));
socket.on("fusionUpdate", (snapshot) => console.log(snapshot));
`;
}
