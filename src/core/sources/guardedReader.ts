import { type BigIntStats, constants, realpath as realpathCallback, stat as statCallback } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { promisify } from "node:util";
import { SourceError } from "./sourceError.js";

/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Equal for two looks at a file that nobody wrote in between. */
  readonly signature: string;
}

/** A regular file inside the workspace, open for reading. */
export interface GuardedFile extends FileState {
  /** Up to `length` bytes from `position`; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
}

export interface ReadOptions {
  /** A file that grows at its end while it is read is still read whole, as far as it went at the beginning. */
  readonly appendOnly: boolean;
}

/** How often a file that is written while it is read is read again, before it counts as unreadable. */
const TORN_READ_ATTEMPTS = 5;

const MAX_SIBLINGS = 100;
const MAX_LISTED = 100_000;
const TOOL_FOLDERS: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** Opening a pipe whose other end nobody holds must not block a thread of the process for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** These cost half of what `node:fs/promises` takes for the same, and every collection asks them of every file. */
const stat = promisify(statCallback);
const realpath = promisify(realpathCallback.native);

/** Reads regular files inside one folder, and nothing else: no device, no pipe, nothing behind a link that leads out. */
export class GuardedReader {
  private realRoot: string | null = null;

  /** @param root absolute path of the workspace folder */
  constructor(private readonly root: string) {}

  /**
   * The state of a file; `null` where there is none.
   * @throws SourceError where something is there that must not or cannot be read
   */
  async look(file: string): Promise<FileState | null> {
    return (await this.find(file))?.state ?? null;
  }

  /**
   * Whether a path still leads to the file that was read with this signature. The same file with the same stamps holds
   * what was rightly read, wherever it lies: where it leads need not be looked up again.
   */
  async isUnchanged(file: string, signature: string): Promise<boolean> {
    const stats = await stat(join(this.root, file), { bigint: true }).catch(() => null);
    return stats !== null && signatureOf(stats) === signature;
  }

  /**
   * Opens a file for `use`; reads it again where somebody wrote it meanwhile. `null` where there is none.
   * @throws SourceError where it must not or cannot be read, and whatever `use` throws
   */
  async read<T>(
    file: string,
    { appendOnly }: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<{ readonly result: T; readonly state: FileState } | null> {
    for (let attempt = 1; ; attempt++) {
      // Looked at before it is opened: to open a device can already have an effect.
      const found = await this.find(file);
      if (found === null) return null;
      const reading = await this.readOnce(found.path, appendOnly, use);
      if (reading !== "torn") return reading;
      if (attempt === TORN_READ_ATTEMPTS) {
        throw new SourceError("the file is being written all the time. It is read again soon.", null, true);
      }
    }
  }

  /**
   * Every regular file and every folder below a folder, with itself, as paths relative to the workspace folder. Links
   * are not followed; folders of tools are left out.
   * @throws SourceError where there are too many
   */
  async list(
    folder: string,
  ): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
    const files: string[] = [];
    const folders: string[] = [];
    const pending = [folder];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const entries = await readdir(join(this.root, next), { withFileTypes: true }).catch(() => []);
      folders.push(next);
      for (const entry of entries) {
        const path = posix.join(next, entry.name);
        if (entry.isFile()) files.push(path);
        else if (entry.isDirectory() && !TOOL_FOLDERS.has(entry.name)) pending.push(path);
      }
      if (files.length > MAX_LISTED) {
        throw new SourceError(`there are more than ${MAX_LISTED} files here. Name a folder with fewer.`);
      }
    }
    return { files, folders };
  }

  /** Files beside a file whose names begin as its own does: what a rotation makes of it. */
  async siblings(file: string): Promise<string[]> {
    const folder = posix.dirname(file);
    const { name, base } = posix.parse(file);
    const entries = await readdir(join(this.root, folder)).catch(() => []);
    return entries
      .filter((entry) => entry !== base && entry.startsWith(name))
      .slice(0, MAX_SIBLINGS)
      .map((entry) => posix.join(folder, entry));
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

  /** A file inside the folder; `null` where there is none, as for most of what is asked for: that takes a single call. */
  private async find(file: string): Promise<{ readonly path: string; readonly state: FileState } | null> {
    const stats = await stat(join(this.root, file), { bigint: true }).catch(missingOrThrow);
    if (stats === null) return null;
    const path = await this.resolve(file);
    return path === null ? null : { path, state: toState(stats) };
  }

  /** The real path of a file inside the folder; `null` where there is none. */
  private async resolve(file: string): Promise<string | null> {
    try {
      const path = await realpath(join(this.root, file));
      if (isInside(await this.rootPath(), path)) return path;
      // The folder itself may be another one by now.
      this.realRoot = null;
      if (isInside(await this.rootPath(), path)) return path;
      throw new SourceError(
        "this is a link that leads out of the workspace folder. Put the file itself there.",
      );
    } catch (error) {
      return missingOrThrow(error);
    }
  }

  /** Looked up once: most of what is asked for is not there, and need not cost a second look. */
  private async rootPath(): Promise<string> {
    this.realRoot ??= await realpath(this.root);
    return this.realRoot;
  }
}

function isInside(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

async function stateOf(handle: FileHandle): Promise<FileState> {
  return toState(await handle.stat({ bigint: true }));
}

function toState(stats: BigIntStats): FileState {
  if (!stats.isFile()) throw new SourceError("this is not a regular file. Put a file there.");
  return {
    size: Number(stats.size),
    modifiedAt: Number(stats.mtimeMs),
    signature: signatureOf(stats),
  };
}

function signatureOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
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
