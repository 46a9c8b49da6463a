import { realpathSync, statSync } from "node:fs";
import { CommandError } from "./commandError.js";

/**
 * The real path of a folder, the same whichever way it was named.
 * @throws CommandError where there is none
 */
export function servedFolder(named: string): string {
  try {
    const path = realpathSync.native(named);
    if (statSync(path).isDirectory()) return path;
  } catch (error) {
    throw new CommandError(`The folder "${named}" cannot be opened: ${reasonOf(error)}.`);
  }
  throw new CommandError(`"${named}" is not a folder. Give the folder that holds the data files.`);
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "you may not read it",
  ELOOP: "it is a link that leads back to itself",
};
