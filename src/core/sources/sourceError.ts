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

/** Whether an error is a source's, from whichever bundle: each has a class of its own, and all have the name. */
export function isSourceError(error: unknown): error is SourceError {
  return error instanceof Error && error.name === "SourceError";
}

/** A file whose last line has no end, written so recently that the rest may be on its way: what stands there is no value yet. */
export class UnfinishedFileError extends SourceError {
  /** @param restsInMs milliseconds after which the line counts as complete if nobody has written on */
  constructor(readonly restsInMs: number) {
    super(
      "the last line has no end yet, so it may be half-written. It is read again in a moment.",
      null,
      true,
    );
  }
}

/** A file that took too long to evaluate: its expression may run for ever, or the machine had no time for it. */
export class LateEvaluationError extends SourceError {
  /** @param reason a sentence without the file's name */
  constructor(reason: string) {
    super(reason, null, true);
  }
}

/** The sentence that people read: which file, where and why. */
export function describeSourceError(file: string, error: SourceError): string {
  return error.line === null ? `${file}: ${error.reason}` : `${file}, line ${error.line}: ${error.reason}`;
}
