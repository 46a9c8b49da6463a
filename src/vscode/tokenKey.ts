import { createHash, randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { Deadline } from "../core/deadline.js";
import { stateFolder } from "../core/stateFolder.js";
import { readKey } from "../server/keyFile.js";

/** A keyring that does not answer (none is unlocked, say) must not keep the stream from starting. */
const DEADLINE_MS = 5_000;

/** A key that nothing outside this window knows, for as long as the window lasts. */
export function windowKey(): Uint8Array {
  return randomBytes(32);
}

/**
 * The key of a folder, which every window and every other process on it shares; the one that signed this workspace's
 * tokens before there was such a key goes on as it. Where it cannot be kept, a key that lasts as long as the window.
 * @param folder what `folderId` takes
 */
export async function folderKey(
  folder: string,
  secrets: vscode.SecretStorage,
  log: (line: string) => void,
): Promise<Uint8Array> {
  try {
    return await readKey(stateFolder(), folder, () => earlierKey(secrets));
  } catch (error) {
    log(`⚠️ ${error instanceof Error ? error.message : error} Tokens are valid until this window closes.`);
    return windowKey();
  }
}

async function earlierKey(secrets: vscode.SecretStorage): Promise<Uint8Array | null> {
  const name = `fusion.tokenKey.${workspaceId()}`;
  const stored = await new Deadline(DEADLINE_MS)
    .within(Promise.resolve(secrets.get(name)), undefined)
    .catch(() => undefined);
  const key = stored === undefined ? null : Buffer.from(stored, "base64url");
  return key?.length === windowKey().length ? key : null;
}

/** The same for every window on the same workspace, and tells nothing of its path. */
function workspaceId(): string {
  const workspace = vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return createHash("sha256")
    .update(workspace?.toString() ?? "")
    .digest("hex")
    .slice(0, 16);
}
