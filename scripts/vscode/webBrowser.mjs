import { spawn } from "node:child_process";
import { hasDisplay } from "./display.mjs";

/**
 * Shows an address in the person's browser, where there is one; they can follow the printed address as well.
 * @param {string} url
 */
export function openInBrowser(url) {
  if (!hasDisplay()) return;
  const [command, args] = opener(url);
  const child = spawn(command, args, { detached: true, stdio: "ignore" });
  child.once("error", () => {});
  child.unref();
}

/**
 * @param {string} url
 * @returns {[string, string[]]}
 */
function opener(url) {
  if (process.platform === "darwin") return ["open", [url]];
  if (process.platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
