#!/usr/bin/env node
/** The command `fusion-stream`: loads what does the work, compiled as an earlier start left it. */
import { join } from "node:path";
import { stateFolder } from "../core/stateFolder.js";
import { loadCompiled } from "./compiledModule.js";

const { exports, keep } = loadCompiled<typeof import("./command.js")>(
  join(__dirname, "cli", "command.js"),
  join(stateFolder(), "compiled"),
);
void exports.runCommand(process.argv.slice(2), keep);
