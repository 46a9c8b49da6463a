import type { Disposable } from "../disposable.js";

/** Tells when files of one workspace folder may have changed. */
export interface FileWatcher extends Disposable {
  /** Whether every change will be told; where not, one has to look. */
  readonly complete: boolean;

  /**
   * Watches these files from now on, there or not, and every entry of these folders, and nothing else.
   * @param files paths relative to the workspace folder, with `/`; folders likewise
   */
  watch(files: readonly string[], folders?: readonly string[]): void;

  /** Makes sure, now and then, that what is watched is still what stands there. Returns at once. */
  check(): void;

  /**
   * @param listener called when one of the files, an entry of one of the folders, or a folder on the way to them may have
   *   changed; and when watching a folder has begun, as nobody told of what happened in it before
   */
  onChange(listener: () => void): Disposable;
}
