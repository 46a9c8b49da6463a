/** Codes of the characters that give a JSON text its structure. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const BRACKET = 0x5b;
export const CLOSING_BRACKET = 0x5d;
export const BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;
