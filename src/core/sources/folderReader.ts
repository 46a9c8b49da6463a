/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Equal for two looks at a file that nobody wrote in between. */
  readonly signature: string;
  /** Which file it is, whatever its name and content. */
  readonly identity: string;
}

/** A regular file inside the workspace, open for reading. */
export interface GuardedFile extends FileState {
  /** Up to `length` bytes from `position`, which are the caller's own; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
}

export interface ReadOptions {
  /** A file that grows at its end while it is read is still read whole, as far as it went at the beginning. */
  readonly appendOnly: boolean;
}

export interface FileRead<T> {
  readonly result: T;
  /** As it was when the reading began. */
  readonly state: FileState;
}

/** Reads regular files inside one workspace folder, by paths relative to it, with `/`; and nothing else. */
export interface FolderReader {
  /**
   * The state of a file; `null` where there is none.
   * @throws SourceError where something is there that must not or cannot be read
   */
  look(file: string): Promise<FileState | null>;

  /**
   * Opens a file for `use`; reads it again where somebody wrote it meanwhile. `null` where there is none.
   * @throws SourceError where it must not or cannot be read, and whatever `use` throws
   */
  read<T>(
    file: string,
    options: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | null>;

  /**
   * Tells, later than this returns, whether a file is what was rightly read with this signature; `false` also where it
   * cannot be looked at.
   */
  isStill(signature: string, file: string, tell: (still: boolean) => void): void;

  /**
   * As `read`, but of a file that was rightly read with this signature nothing more than that is asked.
   * @throws SourceError as `read` does
   */
  readUnless<T>(
    signature: string,
    file: string,
    options: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ): Promise<FileRead<T> | "unchanged" | null>;

  /**
   * Every regular file and every folder below a folder, with itself. Links are not followed; folders of tools are left
   * out.
   * @throws SourceError where there are too many, or a folder cannot be read
   */
  list(folder: string): Promise<FolderListing>;

  /**
   * Files beside a file whose names begin as its own does: what a rotation makes of it.
   * @throws SourceError where the folder cannot be read
   */
  siblings(file: string): Promise<string[]>;
}

/** Paths relative to the workspace folder. */
export interface FolderListing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}
