import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { FileRead, FileState, GuardedFile } from "./folderReader.js";
import { SourceError } from "./sourceError.js";

/**
 * Linux stamps files by a clock that moves every 1 to 10 ms: until a stamp is older (ms), one more write can leave it as it
 * is, and what was read around that write would look whole.
 */
const STAMP_STEP_MS = 20;

interface Reading<T> {
  /** Whether what grows at the file's end while it is read may stay unread. */
  readonly appendOnly: boolean;
  use(file: GuardedFile): Promise<T>;
  /** Makes a call to the file system as soon as it may be made. */
  ask<Answer>(call: () => Promise<Answer>): Promise<Answer>;
}

/**
 * Lets `use` read an opened file, and closes it.
 * @param found as it was found at its path before
 * @returns "torn" where somebody wrote meanwhile, or another file stands there
 * @throws SourceError where it is no regular file, and whatever `use` throws
 */
export async function readOnce<T>(
  handle: FileHandle,
  found: FileState,
  { appendOnly, use, ask }: Reading<T>,
): Promise<FileRead<T> | "torn"> {
  const stateNow = async () => fileState(await ask(() => handle.stat({ bigint: true })));
  try {
    // What grows at its end only is compared with what was found when it has been read.
    let before = appendOnly ? found : await stateNow();
    const fresh = before.modifiedAt + STAMP_STEP_MS - Date.now();
    if (!appendOnly && fresh > 0 && fresh <= STAMP_STEP_MS) {
      await delay(fresh);
      before = await stateNow();
      if (before.modifiedAt + STAMP_STEP_MS > Date.now()) return "torn";
    }
    const result = await use({
      ...before,
      read: (position, length) => ask(() => readFully(handle, position, length)),
    });
    const after = await stateNow();
    const whole = appendOnly ? hasGrown(before, after) : after.signature === before.signature;
    return whole ? { result, state: before } : "torn";
  } finally {
    // Nobody waits for it: what was read is there.
    handle.close().catch(() => undefined);
  }
}

/** Whether a file is the same, and as long as it was at least. */
function hasGrown(before: FileState, after: FileState): boolean {
  return after.identity === before.identity && after.size >= before.size;
}

/** @throws SourceError where it is no regular file */
export function fileState(stats: BigIntStats): FileState {
  if (!stats.isFile()) throw new SourceError("this is not a regular file. Put a file there.");
  return {
    size: Number(stats.size),
    modifiedAt: Number(stats.mtimeMs),
    identity: identityOf(stats),
    signature: signatureOf(stats),
  };
}

export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

export function signatureOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
