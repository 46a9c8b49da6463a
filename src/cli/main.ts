#!/usr/bin/env node
/** The command `fusion-stream`: the stream in a terminal, without VS Code. */
import { join } from "node:path";
import { version } from "../../package.json";
import { stateFolder } from "../core/stateFolder.js";
import { readArguments, type ServeArguments } from "./arguments.js";
import { isCommandError } from "./commandError.js";
import { loadCompiled } from "./compiledModule.js";
import { helpText } from "./help.js";

void main();

async function main(): Promise<void> {
  try {
    const wanted = readArguments(process.argv.slice(2));
    if (wanted.kind === "help") process.stdout.write(helpText(wanted.command));
    else if (wanted.kind === "version") process.stdout.write(`${version}\n`);
    else if (wanted.kind === "serve") await serve(wanted);
    else await (await import("./tokenCommands.js")).runTokenCommand(wanted);
  } catch (error) {
    process.stderr.write(`fusion-stream: ${isCommandError(error) ? error.message : String(error)}\n`);
    process.exitCode = isCommandError(error) ? error.exitCode : 1;
  }
}

async function serve(wanted: ServeArguments): Promise<void> {
  const bundle = join(__dirname, "cli", "serve.js");
  const compiled = loadCompiled<typeof import("./serve.js")>(bundle, join(stateFolder(), "compiled"));
  await compiled.exports.serve(wanted, compiled.keep);
}
