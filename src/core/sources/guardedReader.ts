import { constants } from "node:fs";
import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { listFolder, rotatedFiles } from "./folderListing.js";
import type { FileState, FolderListing, FolderReader, GuardedFile, ReadOptions } from "./folderReader.js";
import { isInside } from "./insideFolder.js";
import { SourceError } from "./sourceError.js";
import { readUntorn } from "./tornRead.js";

/** Opening a pipe whose other end nobody holds must not block a thread of the process for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Reads regular files inside one folder on disk, and nothing else: no device, no pipe, nothing behind a link that leads out. */
export class GuardedReader implements FolderReader {
  private realRoot: string | null = null;

  /**
   * @param root absolute path of the workspace folder
   * @param isOwn whether a file (relative to the folder, with `/`) is written by the stream itself: it is not read, by
   *   whatever name, as each reading that changes something would write the next line
   */
  constructor(
    private readonly root: string,
    private readonly isOwn: (file: string) => boolean = () => false,
  ) {}

  async look(file: string): Promise<FileState | null> {
    const path = await this.resolve(file);
    return path === null ? null : this.lookAt(path);
  }

  read<T>(
    file: string,
    { appendOnly }: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<{ readonly result: T; readonly state: FileState } | null> {
    return readUntorn(async () => {
      const path = await this.resolve(file);
      if (path === null) return null;
      // Looked at before it is opened: to open a device can already have an effect.
      if ((await this.lookAt(path)) === null) return null;
      return this.readOnce(path, appendOnly, use);
    });
  }

  async list(folder: string): Promise<FolderListing> {
    const { files, folders } = await listFolder(folder, async (next) => {
      const entries = await readdir(join(this.root, next), { withFileTypes: true }).catch(() => []);
      return entries.map((entry) => {
        const kind = entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
        return { name: entry.name, kind };
      });
    });
    return { files: files.filter((file) => !this.isOwn(file)), folders };
  }

  async siblings(file: string): Promise<string[]> {
    const names = await readdir(join(this.root, posix.dirname(file))).catch(() => []);
    return rotatedFiles(file, names).filter((sibling) => !this.isOwn(sibling));
  }

  private async readOnce<T>(path: string, appendOnly: boolean, use: (file: GuardedFile) => Promise<T>) {
    const handle = await this.open(path);
    if (handle === null) return null;
    try {
      const before = await stateOf(handle);
      const result = await use({
        ...before,
        read: (position, length) => readFully(handle, position, length),
      });
      const after = await stateOf(handle);
      const whole = appendOnly ? after.size >= before.size : after.signature === before.signature;
      return whole ? { result, state: before } : ("torn" as const);
    } finally {
      await handle.close();
    }
  }

  private async open(path: string): Promise<FileHandle | null> {
    try {
      return await open(path, OPEN_FLAGS);
    } catch (error) {
      return missingOrThrow(error);
    }
  }

  /** The real path of a file inside the folder; `null` where there is none. */
  private async resolve(file: string): Promise<string | null> {
    try {
      const path = await realpath(join(this.root, file));
      if (isInside(await this.rootPath(), path)) return await this.notOwn(path);
      // The folder itself may be another one by now.
      this.realRoot = null;
      if (isInside(await this.rootPath(), path)) return await this.notOwn(path);
      throw new SourceError(
        "this is a link that leads out of the workspace folder. Put the file itself there.",
      );
    } catch (error) {
      return missingOrThrow(error);
    }
  }

  private async notOwn(path: string): Promise<string> {
    if (
      !this.isOwn(
        relative(await this.rootPath(), path)
          .split(sep)
          .join("/"),
      )
    )
      return path;
    throw new SourceError("this is the stream's own log, see fusion.log.file. Name another file.");
  }

  /** Looked up once: most of what is asked for is not there, and need not cost a second look. */
  private async rootPath(): Promise<string> {
    this.realRoot ??= await realpath(this.root);
    return this.realRoot;
  }

  private async lookAt(path: string): Promise<FileState | null> {
    try {
      return toState(await stat(path, { bigint: true }));
    } catch (error) {
      return missingOrThrow(error);
    }
  }
}

async function stateOf(handle: FileHandle): Promise<FileState> {
  return toState(await handle.stat({ bigint: true }));
}

function toState(
  stats: Awaited<ReturnType<typeof stat>> & { mtimeNs?: bigint; ctimeNs?: bigint },
): FileState {
  if (!stats.isFile()) throw new SourceError("this is not a regular file. Put a file there.");
  return {
    size: Number(stats.size),
    modifiedAt: Number(stats.mtimeMs),
    signature: [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(":"),
  };
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

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "the file may not be read. Give yourself permission to read it.",
  EPERM: "the file may not be read. Give yourself permission to read it.",
  EBUSY: "another program has locked the file. It is read again when it is free.",
  ELOOP: "this is a link that leads back to itself. Put the file itself there.",
  EMFILE: "too many files are open on this machine. The file is read again soon.",
  ENFILE: "too many files are open on this machine. The file is read again soon.",
};

function missingOrThrow(error: unknown): null {
  if (error instanceof SourceError) throw error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR") return null;
  throw new SourceError(
    REASONS[code] ?? `the file could not be read (${code || String(error)}).`,
    null,
    true,
  );
}
