const COMMAND_ERROR = "CommandError";

/** Ends the command with a message for the person who typed it. */
export class CommandError extends Error {
  override readonly name = COMMAND_ERROR;

  /** @param exitCode 1: it could not be done; 2: it was asked for wrongly */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** By its name: each bundle has a class of its own. */
export function isCommandError(error: unknown): error is CommandError {
  return error instanceof Error && error.name === COMMAND_ERROR;
}

/**
 * A command that was asked for wrongly.
 * @param command the one whose help to point to; `null` for the general help
 */
export function usageError(message: string, command: string | null): CommandError {
  const help = command === null ? "fusion-stream --help" : `fusion-stream ${command} --help`;
  return new CommandError(`${message}\nRun "${help}" to see how it is used.`, 2);
}
