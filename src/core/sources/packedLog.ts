import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import type { GuardedFile } from "./folderReader.js";
import { beginsAs, type Checkpoint, HEAD_BYTES } from "./logCheckpoint.js";

/** More is not unpacked: all of it is in memory at once. */
const MAX_BYTES = 128 * 1024 ** 2;

/** Of a packed log, enough to unpack its first bytes from. */
const SAMPLE_BYTES = 4 * HEAD_BYTES;

const unpack = promisify(gunzip);

/** The name of a log before it was packed. */
export function unpackedName(file: string): string {
  return file.replace(/\.gz$/, "");
}

/**
 * A log as it was before it was packed, if it was; `null` where it does not begin as what was read up to the checkpoint,
 * is damaged, still being packed or too large.
 */
export async function unpacked(
  file: string,
  opened: GuardedFile,
  checkpoint: Checkpoint | null,
): Promise<GuardedFile | null> {
  if (file === unpackedName(file)) return opened;
  if (opened.size > MAX_BYTES) return null;
  try {
    // Beside a log there may be many, and to unpack each whole would take long.
    if (checkpoint?.offset === 0) return null;
    if (checkpoint !== null && !beginsAs(await beginning(opened), checkpoint)) return null;
    const bytes = await unpack(await opened.read(0, opened.size), { maxOutputLength: MAX_BYTES });
    return {
      ...opened,
      size: bytes.length,
      read: async (position, length) => Buffer.from(bytes.subarray(position, position + length)),
    };
  } catch {
    return null;
  }
}

async function beginning(opened: GuardedFile): Promise<Buffer> {
  return unpack(await opened.read(0, SAMPLE_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
}
