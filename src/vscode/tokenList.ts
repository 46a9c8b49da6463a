import * as vscode from "vscode";
import type { ListedToken } from "../server/tokenRegister.js";
import { displayAge, displayWait } from "./age.js";
import { plainLabel } from "./plainText.js";
import { scopeText } from "./scopeTexts.js";
import type { TokenDesk } from "./serverHost.js";

/** What the user wants of the list. */
export type TokenAction =
  | { readonly kind: "make" | "revokeAll" }
  | { readonly kind: "revoke" | "copyId"; readonly token: ListedToken };

interface Item extends vscode.QuickPickItem {
  readonly action?: TokenAction;
  readonly token?: ListedToken;
}

interface Button extends vscode.QuickInputButton {
  readonly kind: "revoke" | "copyId";
}

/** Shows the tokens, as they are while it shows; `null` where the user is done. */
export async function askTokenAction(desk: TokenDesk): Promise<TokenAction | null> {
  for (;;) {
    const picked = await pickFromList(desk);
    if (picked?.kind !== "choose") return picked;
    const action = await askAbout(picked.token);
    if (action) return action;
  }
}

type Picked = TokenAction | { readonly kind: "choose"; readonly token: ListedToken };

function pickFromList(desk: TokenDesk): Promise<Picked | null> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t("Client tokens");
  pick.placeholder = vscode.l10n.t("Tokens let other programs connect to this stream");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  const refresh = async () => {
    const items = itemsOf(await desk.tokens.list(), desk, Date.now());
    const before = pick.activeItems[0]?.token?.id;
    pick.items = items;
    const active = items.find(({ token }) => token !== undefined && token.id === before);
    if (active) pick.activeItems = [active];
    pick.busy = false;
  };
  return new Promise((resolve) => {
    const end = (picked: Picked | null) => {
      resolve(picked);
      subscriptions.dispose();
    };
    const changes = desk.tokens.onChange(() => void refresh());
    const subscriptions = vscode.Disposable.from(
      changes,
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.token) end({ kind: "choose", token: item.token });
        else if (item?.action) end(item.action);
      }),
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (item.token) end({ kind: (button as Button).kind, token: item.token });
      }),
      pick.onDidHide(() => end(null)),
      pick,
    );
    pick.show();
    void refresh();
  });
}

/** The same as the buttons of the list, for whoever uses the keyboard. */
async function askAbout(token: ListedToken): Promise<TokenAction | null> {
  const items = [
    ...(token.revokedAt === null
      ? [{ label: `$(trash) ${vscode.l10n.t("Revoke…")}`, kind: "revoke" as const }]
      : []),
    { label: `$(copy) ${vscode.l10n.t("Copy ID")}`, description: token.id, kind: "copyId" as const },
  ];
  const actions = items.map(({ kind, ...item }) => ({ ...item, action: { kind, token } }));
  return (await vscode.window.showQuickPick(actions, { title: token.name }))?.action ?? null;
}

function itemsOf(tokens: readonly ListedToken[], desk: TokenDesk, now: number): Item[] {
  const valid = tokens.filter(({ revokedAt }) => revokedAt === null);
  const revoked = tokens.filter(({ revokedAt }) => revokedAt !== null);
  const copy: Button = {
    iconPath: new vscode.ThemeIcon("copy"),
    tooltip: vscode.l10n.t("Copy ID"),
    kind: "copyId",
  };
  const revoke: Button = {
    iconPath: new vscode.ThemeIcon("trash"),
    tooltip: vscode.l10n.t("Revoke…"),
    kind: "revoke",
  };
  return [
    { label: `$(add) ${vscode.l10n.t("New token…")}`, action: { kind: "make" } },
    ...section(vscode.l10n.t("Valid"), valid, (token) => ({
      ...itemOf(token),
      detail: `${expiryText(token, now)} · ${useText(token, desk, now)}`,
      buttons: [copy, revoke],
    })),
    ...section(vscode.l10n.t("Revoked"), revoked, (token) => ({
      ...itemOf(token),
      detail: vscode.l10n.t("Revoked {0}", ageText(token.revokedAt ?? now, now)),
      buttons: [copy],
    })),
    ...(valid.length === 0 ? [] : revokeAllItems()),
  ];
}

function section(
  label: string,
  tokens: readonly ListedToken[],
  itemOf: (token: ListedToken) => Item,
): Item[] {
  if (tokens.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...tokens.map(itemOf)];
}

function revokeAllItems(): Item[] {
  return [
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: `$(trash) ${vscode.l10n.t("Revoke all tokens…")}`, action: { kind: "revokeAll" } },
  ];
}

function itemOf(token: ListedToken): Item {
  const metrics = token.metrics?.join(", ") ?? vscode.l10n.t("All metrics");
  const description = `${scopeText(token.scope).label} · ${plainLabel(metrics)}`;
  return { token, label: plainLabel(token.name), description };
}

function expiryText({ expiresAt }: ListedToken, now: number): string {
  return vscode.l10n.t("Expires {0}", displayWait(expiresAt, now));
}

function useText(token: ListedToken, desk: TokenDesk, now: number): string {
  if (desk.isInUse(token)) return vscode.l10n.t("In use now");
  if (token.lastUsedAt === null) return vscode.l10n.t("Never used");
  return vscode.l10n.t("Last used {0}", ageText(token.lastUsedAt, now));
}

function ageText(at: number, now: number): string {
  return displayAge(new Date(at).toISOString(), now);
}
