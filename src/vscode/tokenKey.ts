import { createHash, randomBytes } from "node:crypto";
import * as vscode from "vscode";

const KEY_BYTES = 32;

/** A keyring that does not answer (none is unlocked, say) must not keep the stream from starting. */
const DEADLINE_MS = 5_000;

/**
 * The key that signs this workspace's tokens, made on first use and kept in VS Code's secret storage. Where that does not
 * work, a key that lasts as long as the window.
 */
export async function readTokenKey(
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): Promise<Uint8Array> {
  const name = `fusion.tokenKey.${workspaceId()}`;
  try {
    const stored = await withDeadline(secrets.get(name));
    if (stored !== undefined) return Buffer.from(stored, "base64url");
    const key = randomBytes(KEY_BYTES);
    await withDeadline(secrets.store(name, key.toString("base64url")));
    return key;
  } catch {
    log("⚠️ Secret storage is not available: tokens are valid until this window closes.");
    return randomBytes(KEY_BYTES);
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
