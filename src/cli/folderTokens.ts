import { systemClock } from "../core/clock.js";
import { stateFolder } from "../core/stateFolder.js";
import { folderKey, folderTokens } from "../server/folderSecrets.js";
import { PrivateTextError } from "../server/privateText.js";
import { isDamagedLedger } from "../server/tokenLedger.js";
import { TokenRegister } from "../server/tokenRegister.js";
import { CommandError } from "./commandError.js";

/** What to say of an error that the person who typed the command can do something about; `null` of any other. */
export function tokenTrouble(error: unknown): string | null {
  if (error instanceof RangeError || error instanceof PrivateTextError) return error.message;
  if (!isDamagedLedger(error)) return null;
  return 'The list of tokens is damaged. "fusion-stream token <folder> --revoke-all" begins a new one.';
}

/**
 * Does something with a folder's tokens; a server that runs hears of it by itself.
 * @param folder real path
 * @throws CommandError where they cannot be kept or read
 */
export function withTokens<T>(folder: string, work: (tokens: TokenRegister) => Promise<T>): Promise<T> {
  return orCommandError(async () => {
    const storage = folderTokens(stateFolder(), folder);
    const tokens = await TokenRegister.open({ storage, clock: systemClock, log: () => undefined });
    try {
      return await work(tokens);
    } finally {
      await tokens.dispose();
    }
  });
}

/**
 * The key by which the processes on a folder know each other. Where its tokens cannot be read there is none either, so that
 * nothing begins which nobody could reach.
 * @param folder real path
 * @throws CommandError where something cannot be kept, or others can read it
 */
export function servedKey(folder: string): Promise<Uint8Array> {
  return orCommandError(async () => {
    const tokens = folderTokens(stateFolder(), folder).ledger.read();
    const [key] = await Promise.all([folderKey(stateFolder(), folder), tokens]);
    return key;
  });
}

/** @throws CommandError where there is something to do about it */
export async function orCommandError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const trouble = tokenTrouble(error);
    throw trouble === null ? error : new CommandError(trouble);
  }
}
