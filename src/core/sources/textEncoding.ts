import { SourceError } from "./sourceError.js";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** How many bytes of a file's beginning `detectEncoding` wants to see. */
export const ENCODING_SAMPLE_BYTES = 64;

/** The encoding that a file's first bytes speak for: its byte order mark, else where its NUL bytes stand, else UTF-8. */
export function detectEncoding(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  // Data files begin with ASCII, of which UTF-16 makes every other byte NUL.
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return "utf-16le";
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) return "utf-16be";
  return "utf-8";
}

/** Bytes up to and with the last line end; 0 where there is none. They begin where a character does. */
export function endOfLastLine(bytes: Uint8Array, encoding: TextEncoding): number {
  if (encoding === "utf-8") return bytes.lastIndexOf(LINE_FEED) + 1;
  const [high, low] = encoding === "utf-16le" ? [1, 0] : [0, 1];
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) {
    if (bytes[at + low] === LINE_FEED && bytes[at + high] === 0) return at + 2;
  }
  return 0;
}

const LINE_FEED = 0x0a;

/** Bytes without the first half of a UTF-16 character that was cut. */
export function wholeCharacters({ length }: Uint8Array, encoding: TextEncoding): number {
  return encoding === "utf-8" ? length : length & ~1;
}

/**
 * A whole file's text, without its byte order mark.
 * @throws SourceError where the bytes are no text in the encoding that they seem to be in, or end in NUL
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes.subarray(0, ENCODING_SAMPLE_BYTES));
  const text = decodeStrictly(bytes, encoding);
  // A machine that lost power leaves the end of a file so. A table would take it for one more row.
  if (text.endsWith("\0")) throw new SourceError("the file ends in NUL characters. Save it again.");
  return text;
}

function decodeStrictly(bytes: Uint8Array, encoding: TextEncoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new SourceError(
      `this is not valid ${encoding.toUpperCase()} text. Save the file with the encoding UTF-8.`,
    );
  }
}

/** A log's text: bytes that are no text become U+FFFD, so that one bad line does not cost the others. */
export function decodeLogText(bytes: Uint8Array, encoding: TextEncoding): string {
  return new TextDecoder(encoding).decode(bytes);
}
