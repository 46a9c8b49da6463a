import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { isLedger, parseLedger } from "../server/tokenLedger.js";
import { type KeptText, memoryTokenStorage, type TokenStorage } from "../server/tokenStorage.js";

/** A keyring that does not answer (none is unlocked, say) must not keep the stream from starting. */
const DEADLINE_MS = 5_000;

/**
 * Where this workspace's tokens are kept: in VS Code's secret storage, the same for all its windows. Where that does not
 * work, in this window's memory.
 */
export async function workspaceTokens(
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): Promise<TokenStorage> {
  const id = workspaceId();
  const ledger = new SecretText(secrets, `fusion.tokens.${id}`);
  const uses = new SecretText(secrets, `fusion.tokenUses.${id}`);
  try {
    await ledger.update((kept) => {
      if (kept !== null && isLedger(kept)) return kept;
      if (kept !== null)
        log("⚠️ The list of client tokens is damaged: a new one begins, and older tokens are void.");
      return JSON.stringify(parseLedger(null, Date.now()));
    });
    return { ledger, uses };
  } catch {
    log("⚠️ Secret storage is not available: tokens are valid until this window closes.");
    return memoryTokenStorage();
  }
}

/** A text in VS Code's secret storage, which has no way to change one in a single step: in one window, changes take turns. */
class SecretText implements KeptText {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly name: string,
  ) {}

  async read(): Promise<string | null> {
    return (await withDeadline(this.secrets.get(this.name))) ?? null;
  }

  update(change: (kept: string | null) => string): Promise<void> {
    const updated = this.turn
      .catch(() => undefined)
      .then(async () => {
        const kept = await this.read();
        const changed = change(kept);
        if (changed !== kept) await withDeadline(this.secrets.store(this.name, changed));
      });
    this.turn = updated;
    return updated;
  }

  onChange(listener: () => void): vscode.Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key === this.name) listener();
    });
  }
}

/** The same for every window on the same workspace, and tells nothing of its path. */
function workspaceId(): string {
  const workspace = vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return createHash("sha256")
    .update(workspace?.toString() ?? "")
    .digest("hex")
    .slice(0, 16);
}

async function withDeadline<T>(answer: Thenable<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
