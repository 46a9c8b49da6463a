import { constants } from "node:fs";
import { lstat, mkdir, open, realpath, rename } from "node:fs/promises";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { CONFIG_FILE } from "./config/configFile.js";
import { logLine } from "./logLine.js";
import { DATA_FILE_CANDIDATES } from "./sources/dataFiles.js";
import { isInside } from "./sources/insideFolder.js";

/** A file this large (bytes) gives way to a new one. */
const MAX_BYTES = 1024 * 1024;

/** How many full files are kept, as `<file>.1` (the newest) and so on. */
const KEPT = 3;

/** Lines that wait while the disk does not take them, until another one is written; older ones are lost first. */
const MAX_WAITING = 1_000;

/** A link as the last part of the path is not followed, and a pipe does not block. */
const OPEN_FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

export interface RotatingLogOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Relative to the folder, with `/`. */
  readonly file: string;
  /** Told once why lines cannot be written, until they can be again. */
  readonly onTrouble: (reason: string) => void;
  readonly maxBytes?: number;
}

/**
 * A log in a file of the workspace folder: written behind the stream's back, in order, and rotated by size. Nothing is
 * written outside of the folder, whatever links stand on the way.
 */
export class RotatingLog {
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;
  private trouble: string | null = null;
  /** Where the file really stands, relative to the folder; `null` before the first line. */
  private realFile: string | null = null;

  constructor(private readonly options: RotatingLogOptions) {}

  /** Whether a path (relative to the folder, with `/`) is this log, or a full one that is kept. */
  owns(path: string): boolean {
    const { file } = this.options;
    return [posix.normalize(file), this.realFile].some((own) => own !== null && isRotationOf(own, path));
  }

  write(line: string): void {
    this.waiting.push(`${logLine(line)}\n`);
    if (this.waiting.length > MAX_WAITING) this.waiting.shift();
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
  }

  /** Settles when every line is on disk, or waits for another one. */
  async flushed(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private async writeAll(): Promise<void> {
    // What is said in one turn is written in one.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const lines = this.waiting;
      this.waiting = [];
      try {
        await this.append(lines.join(""));
        this.trouble = null;
      } catch (error) {
        this.waiting = [...lines, ...this.waiting].slice(-MAX_WAITING);
        const reason = reasonOf(error);
        if (reason !== this.trouble) this.options.onTrouble(reason);
        this.trouble = reason;
        return;
      }
    }
  }

  private async append(text: string): Promise<void> {
    const path = await this.place();
    const { maxBytes = MAX_BYTES } = this.options;
    const size = await sizeOf(path);
    if (size > 0 && size + Buffer.byteLength(text) > maxBytes) await rotate(path);
    const handle = await open(path, OPEN_FLAGS, 0o644);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new LogPlaceError("it is not a regular file");
      // A second name of the file may stand outside of the folder.
      if (stats.nlink > 1) throw new LogPlaceError("the file has another name elsewhere");
      await handle.appendFile(text).catch(async (error: unknown) => {
        // A full disk takes a part of it: the lines are written again, and whole.
        await handle.truncate(stats.size);
        throw error;
      });
    } finally {
      await handle.close();
    }
  }

  /** The file's real path, its folder made if need be. */
  private async place(): Promise<string> {
    const root = await realpath(this.options.folder);
    const wanted = join(root, this.options.file);
    const folder = dirname(wanted);
    if (isTaken(posix.normalize(this.options.file))) throw new LogPlaceError(TAKEN);
    // Looked at before anything is made: a link on the way must not have folders made outside.
    if (!isInside(root, await realpathOfNearest(folder))) throw new LogPlaceError(OUTSIDE);
    await mkdir(folder, { recursive: true });
    const path = join(await realpath(folder), basename(wanted));
    if (!isInside(root, path) || path === root) throw new LogPlaceError(OUTSIDE);
    const realFile = relative(root, path).split(sep).join("/");
    if (isTaken(realFile)) throw new LogPlaceError(TAKEN);
    this.realFile = realFile;
    return path;
  }
}

const OUTSIDE = "it leads out of the workspace folder";
const TAKEN = "that place is for something else";

/** Why a place will not do, in words that stand after the file's name. */
class LogPlaceError extends Error {}

async function rotate(path: string): Promise<void> {
  for (let number = KEPT; number > 0; number--) {
    const from = number === 1 ? path : `${path}.${number - 1}`;
    await rename(from, `${path}.${number}`).catch((error) => {
      if (codeOf(error) !== "ENOENT") throw error;
    });
  }
}

/**
 * Bytes; 0 where there is none.
 * @throws LogPlaceError where something else than a file is there
 */
async function sizeOf(path: string): Promise<number> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) throw new LogPlaceError("it is a link");
    // Looked at before it is opened: to open a device can already have an effect.
    if (!stats.isFile()) throw new LogPlaceError("it is not a regular file");
    return stats.size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}

/**
 * A mistyped setting must not write lines into what is read as data, nor into the places of tools: by no spelling, as file
 * systems that know no case take all for the same.
 */
function isTaken(file: string): boolean {
  const isRead = [CONFIG_FILE, ...DATA_FILE_CANDIDATES].some(
    (read) => read.toLowerCase() === file.toLowerCase(),
  );
  return isRead || /(^|\/)(\.git|\.vscode|node_modules)(\/|$)/i.test(file);
}

/** The real path of a folder, or of the nearest one above it that exists. */
async function realpathOfNearest(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || dirname(folder) === folder) throw error;
    return realpathOfNearest(dirname(folder));
  }
}

/** File systems that know no case would take another spelling for the same file. */
function isRotationOf(own: string, path: string): boolean {
  const name = own.toLowerCase();
  const other = path.toLowerCase();
  return other === name || (other.startsWith(`${name}.`) && /^[1-9]$/.test(other.slice(name.length + 1)));
}

function reasonOf(error: unknown): string {
  if (error instanceof LogPlaceError) return error.message;
  return REASONS[codeOf(error)] ?? codeOf(error);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ELOOP: "it is a link",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOENT: "the workspace folder is gone",
  ENXIO: "it is not a regular file",
};

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
