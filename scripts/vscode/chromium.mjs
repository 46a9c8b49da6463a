import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cached, cachePath } from "./cache.mjs";
import { output, run } from "./childProcess.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { onPath } from "./onPath.mjs";

const SPARTICUZ = "@sparticuz/chromium@153";
const APT_LIMIT = 5 * 60_000;

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/** Where browsers lie that are on nobody's PATH. */
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  join(homedir(), "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
  join(process.env.PROGRAMFILES ?? "C:\\Program Files", "Google\\Chrome\\Application\\chrome.exe"),
  join(
    process.env["PROGRAMFILES(X86)"] ?? "C:\\Program Files (x86)",
    "Microsoft\\Edge\\Application\\msedge.exe",
  ),
];

/** @typedef {{ executablePath: string; args: string[] }} Browser what Playwright's `launch` takes */

/** @type {Promise<Browser> | undefined} */
let found;

/**
 * A Chromium for Playwright: one that is on the machine, else an installed one.
 * @param {(line: string) => void} [say]
 * @returns {Promise<Browser>}
 */
export function chromium(say = () => {}) {
  found ??= executable(say).then((executablePath) => ({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
  }));
  return found;
}

/** @param {(line: string) => void} say */
async function executable(say) {
  const chosen = process.env.FUSION_CHROMIUM;
  if (chosen) return chosen;
  const present = (await system()) ?? (await playwrights());
  if (present) return present;
  // Two at once would only wait for apt's own lock, and not for long enough.
  const debian = await withLock(cachePath("apt.lock"), async () => (await system()) ?? (await debians(say)));
  return debian ?? (await sparticuz(say));
}

async function system() {
  const paths = [...COMMANDS.map(onPath), ...APPLICATIONS];
  for (const path of paths) if (path && existsSync(path) && (await runs(path))) return path;
  return undefined;
}

async function playwrights() {
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return existsSync(path) && (await runs(path)) ? path : undefined;
}

/** @param {(line: string) => void} say */
async function debians(say) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !onPath("apt-get")) return undefined;
  say("Installing Debian's Chromium …");
  /** @param {string[]} args */
  const apt = (...args) =>
    run("apt-get", ["-qq", ...args], {
      limit: APT_LIMIT,
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  await apt("update");
  await apt("install", "-y", "chromium");
  return await system();
}

/** @param {(line: string) => void} say */
async function sparticuz(say) {
  const folder = await cached("chromium", SPARTICUZ, async (folder) => {
    say("Installing Chromium from npm …");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", SPARTICUZ], {
      cwd: folder,
      quiet: true,
    });
  });
  const module = createRequire(join(folder, "package.json")).resolve("@sparticuz/chromium");
  const { default: packed } = await import(pathToFileURL(module).href);
  /** @type {string} */
  const path = await packed.executablePath();
  if (await runs(path)) return path;
  throw new Error("No Chromium runs here: install one, or name one in FUSION_CHROMIUM");
}

/**
 * A name on the PATH may be a stub that only says how to install the program.
 * @param {string} path
 */
async function runs(path) {
  // Chromium on Windows has no such flag, and would open a window.
  if (process.platform === "win32") return true;
  return (await output(path, ["--version"])) !== undefined;
}
