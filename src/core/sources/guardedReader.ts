import { type BigIntStats, constants, realpath as realpathCallback, stat as statCallback } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, join, posix, relative, sep } from "node:path";
import { promisify } from "node:util";
import { AbsentPaths } from "./absentPaths.js";
import { CallGate } from "./callGate.js";
import { listFolder, rotatedFiles } from "./folderListing.js";
import type {
  FileRead,
  FileState,
  FolderListing,
  FolderReader,
  GuardedFile,
  ReadOptions,
} from "./folderReader.js";
import { isInside } from "./insideFolder.js";
import { seriesOf } from "./logSeries.js";
import { fileState, identityOf, readOnce, signatureOf } from "./openedFile.js";
import { SourceError } from "./sourceError.js";
import { readUntorn } from "./tornRead.js";

/** Opening a pipe whose other end nobody holds must not block a thread of the process for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** These cost half of what `node:fs/promises` takes for the same, and every collection asks them of every file. */
const stat = promisify(statCallback);
const EXACT = { bigint: true } as const;
const realpath = promisify(realpathCallback.native);

interface Found {
  readonly path: string;
  readonly state: FileState;
  /** Where the path is that of an earlier reading: whether it still is the file's. */
  readonly stays: Promise<boolean> | null;
}

/** Reads regular files inside one folder on disk, and nothing else: no device, no pipe, nothing behind a link that leads out. */
export class GuardedReader implements FolderReader {
  private realRoot: Promise<string> | null = null;
  /** Whether a folder was missing when it was looked at. */
  private readonly missing = new Map<string, boolean>();
  private readonly looks = new Map<string, Promise<boolean>>();
  private readonly gate: CallGate;
  private readonly absent: AbsentPaths;
  /** The real path of each file that was read, and which file it was. */
  private readonly followed = new Map<string, { readonly identity: string; readonly path: string }>();

  /**
   * @param root absolute path of the workspace folder
   * @param isOwn whether a file (relative to the folder, with `/`) is written by the stream itself: it is not read, by
   *   whatever name, as each reading that changes something would write the next line
   * @param onPlace told where a file stands (relative to the folder, with `/`), which links may make another path than its own
   */
  constructor(
    private readonly root: string,
    private readonly isOwn: (file: string) => boolean = () => false,
    private readonly onPlace: (file: string, place: string) => void = () => undefined,
  ) {
    this.gate = new CallGate(root);
    this.absent = new AbsentPaths(root);
  }

  async look(file: string): Promise<FileState | null> {
    return (await this.find(file))?.state ?? null;
  }

  read<T>(
    file: string,
    { appendOnly }: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | null> {
    // Looked at before it is opened: to open a device can already have an effect.
    return readUntorn(async () => this.readFound(file, await this.find(file), appendOnly, use));
  }

  isStill(signature: string, file: string, tell: (still: boolean) => void): void {
    // Without a promise of its own: of hundreds of files this is asked at every look.
    this.gate.enter(file, (end) =>
      statCallback(join(this.root, file), EXACT, (error, stats) => {
        end();
        tell(error === null && signatureOf(stats) === signature);
      }),
    );
  }

  readUnless<T>(
    signature: string,
    file: string,
    { appendOnly }: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | "unchanged" | null> {
    return readUntorn(async () => {
      const stats = await this.stat(file);
      // The same file with the same stamps holds what was rightly read: where its path leads need not be looked up again.
      if (stats !== null && signatureOf(stats) === signature) return "unchanged" as const;
      return this.readFound(file, stats && (await this.follow(file, stats)), appendOnly, use);
    });
  }

  async list(folder: string): Promise<FolderListing> {
    // No link is followed below it, so that all of it is inside where it is itself.
    await this.resolve(folder);
    const { files, folders } = await listFolder(folder, async (next) => {
      const entries = await this.gate
        .run(next, () => readdir(join(this.root, next), { withFileTypes: true }))
        .catch(noneIfMissing);
      return entries.map((entry) => {
        const kind = entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
        return { name: entry.name, kind };
      });
    });
    return { files: files.filter((file) => !this.isOwn(file)), folders };
  }

  async siblings(file: string): Promise<string[]> {
    const siblings = [
      ...rotatedFiles(file, await this.namesIn(posix.dirname(file))),
      ...(await this.besideTarget(file)),
    ];
    return siblings.filter((sibling) => !this.isOwn(sibling));
  }

  /** Of a link: what a rotation makes of the file that it leads to, and others of its series, to which it may have led. */
  private async besideTarget(file: string): Promise<string[]> {
    const path = await this.resolve(file);
    if (path === null || posix.basename(file) === basename(path)) return [];
    const target = await this.placeOf(path);
    const names = await this.namesIn(posix.dirname(target));
    return [...rotatedFiles(target, names), ...seriesOf(target, names)];
  }

  private namesIn(folder: string): Promise<string[]> {
    return this.gate.run(folder, () => readdir(join(this.root, folder))).catch(noneIfMissing);
  }

  /** "torn" where the file is not the one that was found. */
  private async readFound<T>(
    file: string,
    found: Found | null,
    appendOnly: boolean,
    use: (file: GuardedFile) => Promise<T>,
  ) {
    if (found === null) return null;
    const handle = await this.open(file, found.path);
    if (handle === null || handle === "torn") return handle;
    const read = await readOnce(handle, found.state, {
      appendOnly,
      use,
      ask: (call) => this.gate.run(file, call),
    });
    if (read === "torn" || (await found.stays) === false) {
      this.followed.delete(file);
      return "torn";
    }
    this.followed.set(file, { identity: found.state.identity, path: found.path });
    return read;
  }

  private async open(file: string, path: string): Promise<FileHandle | "torn" | null> {
    try {
      return await this.gate.run(file, () => open(path, OPEN_FLAGS));
    } catch (error) {
      // It may lead elsewhere by now.
      if (this.followed.delete(file)) return "torn";
      return missingOrThrow(error);
    }
  }

  private async find(file: string): Promise<Found | null> {
    const stats = await this.stat(file);
    return stats && this.follow(file, stats);
  }

  /** What stands at a path; `null` where there is nothing, as at most that are asked for: that takes a single call or none. */
  private async stat(file: string): Promise<BigIntStats | null> {
    if (await this.absent.has(file)) return null;
    const folder = posix.dirname(file);
    // Before its files: where it is missing, one look answers for all that ask for something in it.
    if (this.missing.get(folder) !== false && !(await this.isThere(folder))) {
      void this.absent.miss(file);
      return null;
    }
    const stats = await this.gate.run(file, () => stat(join(this.root, file), EXACT)).catch(missingOrThrow);
    if (stats !== null) return stats;
    void this.absent.miss(file);
    return null;
  }

  /** Whether there is a folder: of all that ask at the same time, one looks. */
  private isThere(folder: string): Promise<boolean> {
    const asked = this.looks.get(folder);
    if (asked) return asked;
    const look = this.gate
      .run(folder, () => stat(join(this.root, folder)))
      .then(
        () => true,
        // Of another trouble the file itself tells.
        (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
      );
    this.looks.set(folder, look);
    // Whoever asks later may have heard of a folder that was made since.
    setImmediate(() => this.looks.delete(folder));
    return look.then((there) => {
      this.missing.set(folder, !there);
      return there;
    });
  }

  /** A file inside the folder; `null` where it is gone by now. */
  private async follow(file: string, stats: BigIntStats): Promise<Found | null> {
    const known = this.followed.get(file);
    if (known?.identity === identityOf(stats)) {
      // The same file may be read where it stood: whether that still is inside the folder is found out meanwhile.
      const stays = this.resolve(file).then((path) => path === known.path);
      stays.catch(() => undefined);
      return { path: known.path, state: fileState(stats), stays };
    }
    const path = await this.resolve(file);
    if (path === null) return null;
    this.onPlace(file, await this.placeOf(path));
    return { path, state: fileState(stats), stays: null };
  }

  /** The real path of a file inside the folder; `null` where there is none. */
  private async resolve(file: string): Promise<string | null> {
    try {
      const [path, root] = await Promise.all([
        this.gate.run(file, () => realpath(join(this.root, file))),
        this.rootPath(),
      ]);
      if (isInside(root, path)) return await this.notOwn(path);
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
    if (!this.isOwn(await this.placeOf(path))) return path;
    throw new SourceError("this is the stream's own log, see fusion.log.file. Name another file.");
  }

  /** A real path, relative to the folder. */
  private async placeOf(path: string): Promise<string> {
    return relative(await this.rootPath(), path)
      .split(sep)
      .join("/");
  }

  /** Looked up once: most of what is asked for is not there, and need not cost a second look. */
  private rootPath(): Promise<string> {
    this.realRoot ??= this.gate
      .run(".", () => realpath(this.root))
      .catch((error: unknown) => {
        this.realRoot = null;
        throw error;
      });
    return this.realRoot;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "the file may not be read. Give yourself permission to read it.",
  EPERM: "the file may not be read. Give yourself permission to read it.",
  EBUSY: "another program has locked the file. It is read again when it is free.",
  ELOOP: "this is a link that leads back to itself. Put the file itself there.",
  EMFILE: "too many files are open on this machine. The file is read again soon.",
  ENFILE: "too many files are open on this machine. The file is read again soon.",
};

function noneIfMissing(error: unknown): [] {
  missingOrThrow(error);
  return [];
}

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
