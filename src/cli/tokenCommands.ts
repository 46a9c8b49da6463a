/** What the command does with tokens, in a bundle of its own: a server does not wait for it. */
import type { NewTokenArguments, RevokeArguments, TokensArguments } from "./arguments.js";
import { printToken, revokeTokens } from "./changeTokens.js";
import { listTokens } from "./listTokens.js";

/** @throws CommandError where it cannot be done */
export function runTokenCommand(
  wanted: NewTokenArguments | RevokeArguments | TokensArguments,
): Promise<void> {
  switch (wanted.kind) {
    case "newToken":
      return printToken(wanted);
    case "revoke":
      return revokeTokens(wanted);
    case "tokens":
      return listTokens(wanted);
  }
}
