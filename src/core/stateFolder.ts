import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { folderId } from "./folderId.js";

const NAME = "fusion-data-stream";

/** Where this account's lasting state goes, by the system's custom; `FUSION_STATE_DIR` names another folder for it. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.FUSION_STATE_DIR) return env.FUSION_STATE_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", NAME);
  if (platform === "win32") return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), NAME);
  const { XDG_STATE_HOME: base = "" } = env;
  // The XDG Base Directory Specification has relative paths ignored.
  return join(isAbsolute(base) ? base : join(homedir(), ".local", "state"), NAME);
}

/**
 * The path of a file that is kept for a folder, whichever process follows it.
 * @param folder what `folderId` takes
 */
export function stateFile(folder: string, content: string, extension: string): string {
  return join(stateFolder(), `${content}-${folderId(folder)}.${extension}`);
}
