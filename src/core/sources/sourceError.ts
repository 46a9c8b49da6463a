/** Why a source has no good value now: what is wrong and how to mend it, with the line where it is known. */
export class SourceError extends Error {
  override readonly name = "SourceError";

  /**
   * @param reason a sentence without the file's name
   * @param line counted from 1
   * @param transient whether the same file may be readable later though nobody writes to it
   */
  constructor(
    readonly reason: string,
    readonly line: number | null = null,
    readonly transient = false,
  ) {
    super(reason);
  }
}

/** The sentence that people read: which file, where and why. */
export function describeSourceError(file: string, error: SourceError): string {
  return error.line === null ? `${file}: ${error.reason}` : `${file}, line ${error.line}: ${error.reason}`;
}
