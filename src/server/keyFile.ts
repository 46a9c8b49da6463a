import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { folderId } from "../core/folderId.js";
import { ensurePrivateFolder, isOwn, isPrivate } from "../core/privateFolder.js";

const KEY_BYTES = 32;
/** Never through a link, and never waiting for the other end of a pipe. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A key that cannot be used; the message says what to do. */
export class KeyError extends Error {
  override readonly name = "KeyError";
}

/**
 * The key that signs a folder's tokens, made on first use: 32 bytes in a file that only this account can read. Every
 * process on the folder has the same.
 * @param state absolute path of the folder for lasting state; made where it is missing
 * @param folder what `folderId` takes
 * @param earlier asked for the key to begin with, where there is none yet; a new one where it has none
 * @throws KeyError where the key cannot be kept, or others can read it
 */
export async function readKey(
  state: string,
  folder: string,
  earlier: () => Promise<Uint8Array | null> = async () => null,
): Promise<Uint8Array> {
  const keys = join(state, "keys");
  const file = join(keys, folderId(folder));
  try {
    await ensurePrivateFolder(keys);
    return (await readKeyFile(file)) ?? (await createKeyFile(file, (await earlier()) ?? newKey()));
  } catch (error) {
    if (error instanceof KeyError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeyError(`The key that signs tokens cannot be kept: ${reason}`);
  }
}

function newKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

async function readKeyFile(path: string): Promise<Uint8Array | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, READ_FLAGS);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || !isOwn(stats)) {
      throw new KeyError(`The key ${path} must be a file of your own account. Delete it, and try again.`);
    }
    if (!isPrivate(stats)) {
      throw new KeyError(
        `Others can read the key ${path}, and so make tokens. Delete it, and every token signed with it is worthless; a new key is made by itself.`,
      );
    }
    if (stats.size !== KEY_BYTES) {
      throw new KeyError(`The key ${path} is damaged. Delete it, and make new tokens.`);
    }
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(KEY_BYTES), 0, KEY_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Of several that do this at once, one puts its key there, and all the others take that one. */
async function createKeyFile(path: string, key: Uint8Array): Promise<Uint8Array> {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.chmod(0o600);
      await handle.writeFile(key);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link fails where the name is taken, and the file behind it is whole from the beginning.
    await link(draft, path);
    return key;
  } catch (error) {
    const winner = (error as NodeJS.ErrnoException).code === "EEXIST" ? await readKeyFile(path) : null;
    if (winner === null) throw error;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
}
