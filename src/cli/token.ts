import { TokenAuthority } from "../server/tokens.js";
import type { TokenArguments } from "./arguments.js";
import { CommandError } from "./commandError.js";
import { servedFolder } from "./servedFolder.js";
import { servedKey } from "./servedKey.js";

/**
 * Prints a token that the folder's stream accepts, alone on its line.
 * @throws CommandError where there is no such folder, its key cannot be read, or the token would be too long
 */
export async function printToken({ folder, scope, metrics, expiresIn }: TokenArguments): Promise<void> {
  const key = await servedKey(await servedFolder(folder));
  const tokens = TokenAuthority.create(key);
  try {
    const token = await tokens.issue({ scope, expiresIn, ...(metrics && { metrics }) });
    process.stdout.write(`${token}\n`);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message);
    throw error;
  }
}
