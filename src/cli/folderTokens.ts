import { join } from "node:path";
import { systemClock } from "../core/clock.js";
import { DamagedLedgerError } from "../server/tokenLedger.js";
import { TokenRegister } from "../server/tokenRegister.js";
import type { TokenStorage } from "../server/tokenStorage.js";
import { CommandError } from "./commandError.js";
import { folderId } from "./folderId.js";
import { PrivateText } from "./privateText.js";

/**
 * Where a folder's tokens are kept.
 * @param state absolute path of the folder for lasting state
 * @param folder real path of the served folder
 */
export function folderTokens(state: string, folder: string): TokenStorage {
  const place = join(state, "keys");
  const id = folderId(folder);
  return { ledger: new PrivateText(place, `${id}.tokens`), uses: new PrivateText(place, `${id}.uses`) };
}

/** What to say of an error that the person who typed the command can do something about; `null` of any other. */
export function tokenTrouble(error: unknown): string | null {
  if (error instanceof RangeError) return error.message;
  if (!(error instanceof DamagedLedgerError)) return null;
  return 'The list of tokens is damaged. "fusion-stream token <folder> --revoke-all" begins a new one.';
}

/** Does something with a folder's tokens; a server that runs hears of it by itself. */
export async function withTokens<T>(
  state: string,
  folder: string,
  work: (tokens: TokenRegister) => Promise<T>,
): Promise<T> {
  const options = { storage: folderTokens(state, folder), clock: systemClock, log: () => undefined };
  try {
    const tokens = await TokenRegister.open(options);
    try {
      return await work(tokens);
    } finally {
      await tokens.dispose();
    }
  } catch (error) {
    const trouble = tokenTrouble(error);
    throw trouble === null ? error : new CommandError(trouble);
  }
}
