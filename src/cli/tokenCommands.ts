/** What the command does with tokens, in a bundle of its own: a server does not wait for it. */

export { printToken, revokeTokens } from "./changeTokens.js";
export { listTokens } from "./listTokens.js";
