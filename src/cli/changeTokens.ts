import { systemClock } from "../core/clock.js";
import { stateFolder } from "../core/stateFolder.js";
import { folderTokens } from "../server/folderSecrets.js";
import { beginAnew } from "../server/tokenRegister.js";
import type { NewTokenArguments, RevokeArguments } from "./arguments.js";
import { CommandError } from "./commandError.js";
import { orCommandError, withTokens } from "./folderTokens.js";
import { servedFolder } from "./servedFolder.js";

/**
 * Prints a token that the folder's stream accepts, alone on its line.
 * @throws CommandError where there is no such folder, its tokens cannot be read, or the token would be too long
 */
export async function printToken({ folder, metrics, ...rest }: NewTokenArguments): Promise<void> {
  const { name, scope, expiresIn } = rest;
  const request = { name, scope, expiresIn, ...(metrics && { metrics }) };
  const token = await withTokens(servedFolder(folder), (tokens) => tokens.issue(request));
  process.stdout.write(`${token.text}\n`);
}

/**
 * Revokes tokens: whoever holds one loses the connection at once.
 * @throws CommandError where there is no such folder or no such token, or the tokens cannot be read
 */
export async function revokeTokens({ folder, revoked }: RevokeArguments): Promise<void> {
  const path = servedFolder(folder);
  if (revoked === "all") {
    await orCommandError(() => beginAnew(folderTokens(stateFolder(), path), systemClock.now()));
    process.stdout.write("All tokens were revoked.\n");
    return;
  }
  const { nameOrId } = revoked;
  const count = await withTokens(path, (tokens) => tokens.revoke(nameOrId));
  if (count === 0) throw new CommandError(`No valid token has the name or the id "${nameOrId}".`);
  process.stdout.write(count === 1 ? "1 token was revoked.\n" : `${count} tokens were revoked.\n`);
}
