import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { folderId } from "../core/folderId.js";
import { PrivateText } from "./privateText.js";
import type { TokenStorage } from "./tokenStorage.js";

const KEY_BYTES = 32;

/**
 * Where a folder's tokens are kept: in files that only this account can read, the same for every process on the folder.
 * @param state absolute path of the folder for lasting state
 * @param folder what `folderId` takes
 */
export function folderTokens(state: string, folder: string): TokenStorage {
  return { ledger: privateText(state, folder, "tokens"), uses: privateText(state, folder, "uses") };
}

/**
 * The key by which the processes on a folder know each other, made on first use: 32 bytes.
 * Rejects with a PrivateTextError where it cannot be kept, or others can read it.
 */
export async function folderKey(state: string, folder: string): Promise<Uint8Array> {
  const kept = privateText(state, folder, "key");
  let text = await kept.read();
  if (text === null) {
    await kept.update((other) => other ?? randomBytes(KEY_BYTES).toString("base64url"));
    text = await kept.read();
  }
  return Buffer.from(text ?? "", "base64url");
}

function privateText(state: string, folder: string, content: string): PrivateText {
  return new PrivateText(join(state, "keys"), `${folderId(folder)}.${content}`);
}
