import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { output } from "./childProcess.mjs";
import { hasDisplay } from "./display.mjs";
import { onPath } from "./onPath.mjs";

const COMMANDS = ["code", "code-insiders", "codium"];
const MAC_COMMAND = "Visual Studio Code.app/Contents/Resources/app/bin/code";
const START_LIMIT = 10_000;

/** Where VS Code lies when its command is not on the PATH. */
const INSTALLED = [
  join("/Applications", MAC_COMMAND),
  join(homedir(), "Applications", MAC_COMMAND),
  join(process.env.LOCALAPPDATA ?? homedir(), "Programs\\Microsoft VS Code\\bin\\code.cmd"),
  join(process.env.PROGRAMFILES ?? homedir(), "Microsoft VS Code\\bin\\code.cmd"),
];

/**
 * The command of a VS Code on this machine that can show a window and is new enough. `FUSION_VSCODE` names
 * another one.
 * @param {string} needed a version, `major.minor`
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop(needed) {
  const chosen = process.env.FUSION_VSCODE;
  if (chosen) return chosen;
  if (!hasDisplay()) return undefined;
  const candidates = [...COMMANDS.map(onPath), ...INSTALLED.filter((path) => existsSync(path))];
  for (const command of candidates) if (command && (await newEnough(command, needed))) return command;
  return undefined;
}

/**
 * Opens a window with the extension under development in a profile of its own, where workspaces are trusted
 * and the person's own settings stay as they are.
 * @param {string} command
 * @param {{ folder: string; extension: string; dataDir: string }} options absolute paths
 */
export async function openDesktop(command, { folder, extension, dataDir }) {
  const args = [
    "--new-window",
    "--disable-workspace-trust",
    `--user-data-dir=${dataDir}`,
    `--extensionDevelopmentPath=${extension}`,
    folder,
  ];
  // Chromium has no sandbox for root.
  if (process.getuid?.() === 0) args.unshift("--no-sandbox");
  const call = invocation(command, args);
  const child = spawn(call.command, call.args, { shell: call.shell, detached: true, stdio: "ignore" });
  // The command hands over to the window and ends; an executable that is the window itself stays.
  const [code] = await Promise.race([once(child, "exit"), delay(START_LIMIT, [0], { ref: false })]);
  if (code !== 0) throw new Error(`${command} did not start`);
  child.unref();
}

/**
 * How to start a command, which on Windows is a batch file and needs a shell.
 * @param {string} command
 * @param {string[]} args
 */
function invocation(command, args) {
  if (process.platform !== "win32") return { command, args, shell: false };
  /** @param {string} text */
  const quoted = (text) => `"${text}"`;
  return { command: quoted(command), args: args.map(quoted), shell: true };
}

/**
 * @param {string} command
 * @param {string} needed
 */
async function newEnough(command, needed) {
  const call = invocation(command, ["--version"]);
  const printed = await output(call.command, call.args, { shell: call.shell });
  const [major = 0, minor = 0] = (printed ?? "").split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
