/** The stream in a terminal, without VS Code. */
import { version } from "../../package.json";
import { readArguments } from "./arguments.js";
import { isCommandError } from "./commandError.js";
import { helpText } from "./help.js";
import { serve } from "./serve.js";

/**
 * Does what the command line asks for. Never rejects: what goes wrong is printed, and the exit code tells of it.
 * @param args without Node.js and the script
 * @param keepCompiled keeps for the next start what was compiled by then
 */
export async function runCommand(args: readonly string[], keepCompiled: () => Promise<void>): Promise<void> {
  try {
    const wanted = readArguments(args);
    if (wanted.kind === "help") process.stdout.write(helpText(wanted.command));
    else if (wanted.kind === "version") process.stdout.write(`${version}\n`);
    else if (wanted.kind === "serve") await serve(wanted, keepCompiled);
    else await (await import("./tokenCommands.js")).runTokenCommand(wanted);
  } catch (error) {
    process.stderr.write(`fusion-stream: ${isCommandError(error) ? error.message : String(error)}\n`);
    process.exitCode = isCommandError(error) ? error.exitCode : 1;
  }
}
