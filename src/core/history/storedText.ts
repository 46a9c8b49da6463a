/**
 * A text as it is bound to a statement: one with a NUL is cut there by some of SQLite's functions, and half a surrogate
 * pair has no UTF-8, so these two are kept as UTF-16 bytes.
 */
export function storedText(text: string): string | Uint8Array {
  return text.includes("\0") || LONE_SURROGATE.test(text) ? Buffer.from(text, "utf16le") : text;
}

/** The text again, from a column of {@link storedText}. */
export function readText(stored: unknown): string {
  return stored instanceof Uint8Array ? Buffer.from(stored).toString("utf16le") : String(stored);
}

const LONE_SURROGATE = /\p{Surrogate}/u;
