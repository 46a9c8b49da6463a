import { posix } from "node:path";
import * as vscode from "vscode";

interface Entry {
  readonly type: vscode.FileType;
  readonly mtime: number;
  readonly content: Uint8Array;
}

/** A file system that lives in this process, as an extension provides one to VS Code. */
export class MemoryFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registration: vscode.Disposable;
  private time = Date.now();
  /** Whether files tell when they were changed. */
  stamped = true;
  /** Whether VS Code may write. */
  writable = true;

  readonly onDidChangeFile = this.changed.event;

  constructor(readonly scheme: string) {
    this.entries.set("/", { type: vscode.FileType.Directory, mtime: this.time, content: Buffer.alloc(0) });
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  uri(path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, path });
  }

  /** Writes a file, with the folders that it stands in. */
  write(path: string, content: string | Uint8Array): void {
    const kind = this.entries.has(path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.makeFolders(posix.dirname(path));
    this.entries.set(path, { type: vscode.FileType.File, mtime: ++this.time, content: Buffer.from(content) });
    this.tell(kind, path);
  }

  /** Has an entry pass for a link to what it is. */
  makeLink(path: string): void {
    const entry = this.entry(path);
    this.entries.set(path, { ...entry, type: entry.type | vscode.FileType.SymbolicLink });
  }

  append(path: string, text: string): void {
    this.write(path, Buffer.concat([this.entry(path).content, Buffer.from(text)]));
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void {
    for (const known of [...this.entries.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.entries.delete(known);
    }
    this.tell(vscode.FileChangeType.Deleted, path);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { type, mtime, content } = this.entry(uri.path);
    return { type, ctime: 0, mtime: this.stamped ? mtime : 0, size: content.length };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    this.entry(path);
    return [...this.entries]
      .filter(([known]) => known !== path && posix.dirname(known) === path)
      .map(([known, { type }]) => [posix.basename(known), type]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.entry(uri.path).content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    if (!this.writable) throw vscode.FileSystemError.NoPermissions(path);
    this.write(path, content);
  }

  createDirectory({ path }: vscode.Uri): void {
    this.makeFolders(path);
    this.tell(vscode.FileChangeType.Created, path);
  }

  delete({ path }: vscode.Uri): void {
    this.remove(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.write(to.path, this.entry(from.path).content);
    this.remove(from.path);
  }

  private makeFolders(path: string): void {
    if (this.entries.has(path)) return;
    this.makeFolders(posix.dirname(path));
    const content = Buffer.alloc(0);
    this.entries.set(path, { type: vscode.FileType.Directory, mtime: ++this.time, content });
  }

  private entry(path: string): Entry {
    const entry = this.entries.get(path);
    if (!entry) throw vscode.FileSystemError.FileNotFound(path);
    return entry;
  }

  private tell(type: vscode.FileChangeType, path: string): void {
    this.changed.fire([{ type, uri: this.uri(path) }]);
  }
}
