import { chmod, mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { cachePath } from "./cache.mjs";
import { output } from "./childProcess.mjs";
import { hasDisplay } from "./display.mjs";
import { onPath } from "./onPath.mjs";

const RELEASES = "https://update.code.visualstudio.com/api/releases/stable";
const PROBE_LIMIT = 5000;
const DOWNLOAD_LIMIT = 4 * 60_000;

/** @type {Promise<string | undefined> | undefined} */
let desktop;

/**
 * The VS Code to test in: the desktop's where it can be had and run, else the one from npm.
 * `FUSION_TEST_HOST=npm` asks for the latter, `FUSION_VSCODE_VERSION=1.101.0` for that version of either.
 * @param {boolean} restricted `runTests` turns workspace trust off on the desktop
 * @param {(line: string) => void} say
 */
export async function executableForTests(restricted, say) {
  const fromNpm = resolve("scripts/vscode/code.mjs");
  if (restricted || process.env.FUSION_TEST_HOST === "npm") return fromNpm;
  desktop ??= downloaded(say);
  return (await desktop) ?? fromNpm;
}

/** @param {(line: string) => void} say */
async function downloaded(say) {
  const xvfb = hasDisplay() ? undefined : onPath("xvfb-run");
  if (!hasDisplay() && !xvfb) return undefined;
  try {
    if (!(await fetch(RELEASES, { signal: AbortSignal.timeout(PROBE_LIMIT) })).ok) return undefined;
    const path = await withinLimit(downloadAndUnzipVSCode(process.env.FUSION_VSCODE_VERSION));
    // Electron starts only where its shared libraries are.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
    if ((await output(path, ["--version"], { env })) === undefined) return undefined;
    return xvfb ? await wrapped(xvfb, path) : path;
  } catch {
    say("Desktop VS Code cannot be downloaded; testing in the one from npm");
    return undefined;
  }
}

/**
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
function withinLimit(work) {
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => reject(new Error("The download takes too long")), DOWNLOAD_LIMIT);
    work.then(fulfil, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * `runTests` takes one executable and no command before it.
 * @param {string} xvfb
 * @param {string} path
 */
async function wrapped(xvfb, path) {
  const script = cachePath("code-under-xvfb");
  await mkdir(cachePath(), { recursive: true });
  await writeFile(script, `#!/bin/sh\nexec "${xvfb}" -a "${path}" "$@"\n`);
  await chmod(script, 0o755);
  return script;
}
