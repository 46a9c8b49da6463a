import * as vscode from "vscode";
import { SCOPES, type Scope } from "../protocol/events.js";
import type { ServerHost } from "./serverHost.js";

/** Days for which a copied token is valid. */
const TOKEN_DAYS = 30;

interface Connection {
  readonly url: string;
  readonly token: string;
}

/** Copies the stream's address with a fresh token to the clipboard, as text or as a snippet. */
export async function copyClientConnection(server: ServerHost): Promise<void> {
  const { url } = await startedServer(server);
  if (url === null) {
    void vscode.window.showWarningMessage(unavailableText(server));
    return;
  }
  const scope = await pickScope();
  const format = scope && (await pickFormat());
  if (!format) return;
  const { tokens } = await server.ensure();
  const name = vscode.l10n.t("Copied: {0}", format.label);
  const { text } = await tokens.issue({ name, scope, expiresIn: TOKEN_DAYS * 86_400 });
  await vscode.env.clipboard.writeText(format.write({ url, token: text }));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("Copied. The token is valid for {0} days.", TOKEN_DAYS),
    5_000,
  );
}

async function startedServer(server: ServerHost): Promise<{ readonly url: string | null }> {
  await server.ensure().catch(() => undefined);
  return server;
}

function unavailableText(server: ServerHost): string {
  if (!vscode.workspace.isTrusted) {
    return vscode.l10n.t("Other programs can connect once this workspace is trusted.");
  }
  return vscode.l10n.t("The server could not start: {0}", server.error ?? "");
}

async function pickScope(): Promise<Scope | undefined> {
  const texts: Readonly<Record<Scope, [label: string, detail: string]>> = {
    read: [vscode.l10n.t("Read"), vscode.l10n.t("Receive updates")],
    refresh: [vscode.l10n.t("Read and refresh"), vscode.l10n.t("Receive updates and ask for one")],
    control: [vscode.l10n.t("Control"), vscode.l10n.t("All of it, and change the update interval")],
  };
  const items = SCOPES.map((scope) => ({ scope, label: texts[scope][0], detail: texts[scope][1] }));
  const title = vscode.l10n.t("What may the client do?");
  return (await vscode.window.showQuickPick(items, { title }))?.scope;
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
