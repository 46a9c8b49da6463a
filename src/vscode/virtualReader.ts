import { posix } from "node:path";
import * as vscode from "vscode";
import { listFolder, rotatedFiles } from "../core/sources/folderListing.js";
import type {
  FileRead,
  FileState,
  FolderListing,
  FolderReader,
  GuardedFile,
  ReadOptions,
} from "../core/sources/folderReader.js";
import { SourceError } from "../core/sources/sourceError.js";
import { readUntorn } from "../core/sources/tornRead.js";

/** VS Code reads a file as a whole only, maybe over a network and at every change: larger ones are refused. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads files of a folder that is not on a disk, through whatever extension provides it. */
export class VirtualReader implements FolderReader {
  /**
   * @param root the workspace folder
   * @param changesTold how often a change was told of; stands in for the time of the last one where the provider gives none
   */
  constructor(
    private readonly root: vscode.Uri,
    private readonly changesTold: () => number,
  ) {}

  async look(file: string): Promise<FileState | null> {
    const state = await this.stateOf(file);
    if (state !== null) await this.refuseLinkedFolders(file);
    return state;
  }

  read<T>(
    file: string,
    options: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | null> {
    return readUntorn(async () => this.readOnce(file, await this.look(file), options, use));
  }

  isStill(signature: string, file: string, tell: (still: boolean) => void): void {
    this.look(file).then(
      (state) => tell(state?.signature === signature),
      () => tell(false),
    );
  }

  readUnless<T>(
    signature: string,
    file: string,
    options: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | "unchanged" | null> {
    return readUntorn(async () => {
      const before = await this.look(file);
      if (before?.signature === signature) return "unchanged" as const;
      return this.readOnce(file, before, options, use);
    });
  }

  list(folder: string): Promise<FolderListing> {
    return listFolder(folder, async (next) =>
      (await this.entriesOf(next)).map(([name, type]) => ({ name, kind: KINDS.get(type) ?? "other" })),
    );
  }

  async siblings(file: string): Promise<string[]> {
    const entries = await this.entriesOf(posix.dirname(file));
    return rotatedFiles(
      file,
      entries.map(([name]) => name),
    );
  }

  private async readOnce<T>(
    file: string,
    before: FileState | null,
    { appendOnly }: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | "torn" | null> {
    if (before === null) return null;
    const bytes = await this.bytesOf(file, before.size);
    const after = await this.stateOf(file);
    if (bytes === null || after === null) return null;
    const whole = appendOnly ? after.size >= before.size : after.signature === before.signature;
    if (!whole) return "torn";
    const opened: GuardedFile = {
      ...before,
      // What was read counts: the file may have grown since, and not every provider tells a size.
      size: bytes.length,
      read: async (position, length) => Buffer.from(bytes.subarray(position, position + length)),
    };
    return { result: await use(opened), state: before };
  }

  private async bytesOf(file: string, size: number): Promise<Buffer | null> {
    refuseLarge(size);
    const bytes = await answered(vscode.workspace.fs.readFile(this.uriOf(file)));
    if (bytes === null) return null;
    refuseLarge(bytes.length);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private async stateOf(file: string): Promise<FileState | null> {
    const stat = await this.stat(file);
    if (stat === null) return null;
    refuseLink(stat);
    if (stat.type !== vscode.FileType.File) {
      throw new SourceError("this is not a regular file. Put a file there.");
    }
    const { mtime, ctime, size } = stat;
    const changed = mtime > 0 ? mtime : `told ${this.changesTold()}`;
    // When it was made goes with a file that is renamed; where no provider tells, no file is known again.
    return { size, modifiedAt: mtime, identity: String(ctime), signature: [changed, ctime, size].join(":") };
  }

  private async refuseLinkedFolders(file: string): Promise<void> {
    for (let at = posix.dirname(file); at !== "."; at = posix.dirname(at)) {
      const folder = await this.stat(at);
      if (folder) refuseLink(folder);
    }
  }

  private stat(path: string): Promise<vscode.FileStat | null> {
    return answered(vscode.workspace.fs.stat(this.uriOf(path)));
  }

  private async entriesOf(folder: string): Promise<[string, vscode.FileType][]> {
    try {
      return await vscode.workspace.fs.readDirectory(this.uriOf(folder));
    } catch {
      return [];
    }
  }

  private uriOf(path: string): vscode.Uri {
    const below = posix.normalize(path);
    if (below === ".." || below.startsWith("../")) {
      throw new SourceError("this is outside of the workspace folder. Put the file itself there.");
    }
    return vscode.Uri.joinPath(this.root, below);
  }
}

/** Neither a link to a file nor one to a folder is one of the two. */
const KINDS: ReadonlyMap<vscode.FileType, "file" | "folder"> = new Map([
  [vscode.FileType.File, "file"],
  [vscode.FileType.Directory, "folder"],
]);

/** Where a link leads cannot be asked here, so that it might lead out of the folder. */
function refuseLink({ type }: vscode.FileStat): void {
  if ((type & vscode.FileType.SymbolicLink) === 0) return;
  throw new SourceError("this is behind a link, which is followed on disk only. Put the file itself there.");
}

function refuseLarge(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  throw new SourceError(
    `the file has ${megabytes} MB, more than the 16 MB that are read where a folder is not on a disk. Make it smaller.`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  NoPermissions: "the file may not be read. Give yourself permission to read it.",
  Unavailable: "the folder is not available at present. It is tried again.",
};

/** What a provider answers; `null` where it says that there is no such thing. */
async function answered<T>(answer: Thenable<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof vscode.FileSystemError ? error.code : "";
    if (code === "FileNotFound" || code === "FileNotADirectory") return null;
    throw new SourceError(
      REASONS[code] ?? `the file could not be read (${code || firstLine(error)}).`,
      null,
      true,
    );
  }
}

function firstLine(error: unknown): string {
  return String(error).split("\n", 1)[0] ?? "";
}
