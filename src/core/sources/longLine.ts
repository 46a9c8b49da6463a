import type { GuardedFile } from "./folderReader.js";
import type { TextEncoding } from "./textEncoding.js";

const CHUNK_BYTES = 1024 * 1024;

/** The position after the first line end from `start` on; `null` where there is none yet. Holds 1 MB at a time. */
export async function endOfLine(
  opened: GuardedFile,
  start: number,
  encoding: TextEncoding,
): Promise<number | null> {
  for (let at = start; at < opened.size; at += CHUNK_BYTES) {
    const end = endWithin(await opened.read(at, Math.min(CHUNK_BYTES, opened.size - at)), encoding);
    if (end !== null) return at + end;
  }
  return null;
}

function endWithin(bytes: Buffer, encoding: TextEncoding): number | null {
  const lineEnd = LINE_ENDS[encoding];
  let found = bytes.indexOf(lineEnd);
  // Between two characters of UTF-16, the halves of both can look like one.
  while (found !== -1 && found % lineEnd.length !== 0) found = bytes.indexOf(lineEnd, found + 1);
  return found === -1 ? null : found + lineEnd.length;
}

const LINE_ENDS: Readonly<Record<TextEncoding, Uint8Array>> = {
  "utf-8": Uint8Array.of(0x0a),
  "utf-16le": Uint8Array.of(0x0a, 0x00),
  "utf-16be": Uint8Array.of(0x00, 0x0a),
};
