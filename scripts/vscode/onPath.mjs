import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The full path of a command, if the PATH has it.
 * @param {string} command
 */
export function onPath(command) {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending)));
  return candidates.find(executable);
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
