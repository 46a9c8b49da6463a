import { stateFolder } from "../core/stateFolder.js";
import { KeyError, readKey } from "../server/keyFile.js";
import { CommandError } from "./commandError.js";

/**
 * The key of a served folder, made on first use.
 * @param folder real path
 * @throws CommandError where the key cannot be kept, or others can read it
 */
export async function servedKey(folder: string): Promise<Uint8Array> {
  try {
    return await readKey(stateFolder(), folder);
  } catch (error) {
    if (error instanceof KeyError) throw new CommandError(error.message);
    throw error;
  }
}
