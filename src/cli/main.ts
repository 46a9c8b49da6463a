#!/usr/bin/env node
/** The command `fusion-stream`: the stream in a terminal, without VS Code. */
import { version } from "../../package.json";
import { KeyError } from "../server/keyFile.js";
import { readArguments } from "./arguments.js";
import { CommandError } from "./commandError.js";
import { helpText } from "./help.js";

void main();

async function main(): Promise<void> {
  try {
    const wanted = readArguments(process.argv.slice(2));
    if (wanted.kind === "help") process.stdout.write(helpText(wanted.command));
    else if (wanted.kind === "version") process.stdout.write(`${version}\n`);
    else if (wanted.kind === "serve") await (await import("./serve.js")).serve(wanted);
    else await (await import("./token.js")).printToken(wanted);
  } catch (error) {
    const known = error instanceof CommandError || error instanceof KeyError;
    process.stderr.write(`fusion-stream: ${known ? error.message : String(error)}\n`);
    process.exitCode = error instanceof CommandError ? error.exitCode : 1;
  }
}
