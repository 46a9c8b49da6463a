import { randomBytes } from "node:crypto";
import { stateFolder } from "../core/stateFolder.js";
import { folderKey, folderTokens } from "../server/folderSecrets.js";
import { isLedger, parseLedger } from "../server/tokenLedger.js";
import { memoryTokenStorage, type TokenStorage } from "../server/tokenStorage.js";

/**
 * Where a folder's tokens are kept, for every window and every other process on it; where that does not work, in this
 * window's memory.
 * @param folder what `folderId` takes
 */
export async function sharedTokens(folder: string, log: (line: string) => void): Promise<TokenStorage> {
  const storage = folderTokens(stateFolder(), folder);
  try {
    await storage.ledger.update((kept) => {
      if (kept !== null && isLedger(kept)) return kept;
      if (kept !== null)
        log("⚠️ The list of client tokens is damaged: a new one begins, and older tokens are void.");
      return JSON.stringify(parseLedger(null, Date.now()));
    });
    return storage;
  } catch (error) {
    log(`⚠️ ${reasonOf(error)} Tokens are valid until this window closes.`);
    return memoryTokenStorage();
  }
}

/**
 * The key by which the processes on a folder know each other; where it cannot be kept, one that no other process knows.
 * @param folder what `folderId` takes
 */
export async function sharedKey(folder: string, log: (line: string) => void): Promise<Uint8Array> {
  try {
    return await folderKey(stateFolder(), folder);
  } catch (error) {
    log(`⚠️ ${reasonOf(error)} Other windows cannot join this one.`);
    return randomBytes(32);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
