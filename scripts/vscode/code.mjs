#!/usr/bin/env node
/**
 * Stands in for the desktop's `code` when an extension is tested: takes the same flags, opens VS Code from
 * npm in a headless browser, and exits as the tests did.
 */
import { appendFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium as playwright } from "playwright-core";
import { chromium } from "./chromium.mjs";
import { pageUrl } from "./pageUrl.mjs";
import { startServer } from "./server.mjs";

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionTestsPath: { type: "string" },
    extensionDevelopmentPath: { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
  },
});

const code = await runTests().catch((error) => {
  console.error(error);
  return 1;
});
process.exit(code);

/** @returns {Promise<number>} */
async function runTests() {
  const userDataDir = text(values["user-data-dir"]);
  const settings = JSON.parse(
    await readFile(join(userDataDir, "User", "settings.json"), "utf8").catch(() => "{}"),
  );
  const dataDir = join(userDataDir, "server");
  await mkdir(dataDir, { recursive: true });
  const server = await startServer({
    dataDir,
    extensionsDir: text(values["extensions-dir"]),
    settings,
    development: true,
    say: console.log,
  });
  try {
    const browser = await playwright.launch(await chromium(console.log));
    const page = await browser.newPage();
    const log = join(dataDir, "page.log");
    page.on("console", (message) => appendFileSync(log, `${message.type()}: ${message.text()}\n`));
    await page.exposeFunction("codeAutomationLog", () => {});
    /** @type {(code: number) => void} */
    let ended = () => {};
    /** @type {Promise<number>} */
    const ending = new Promise((resolve, reject) => {
      ended = resolve;
      page.on("crash", () => reject(new Error("The page crashed")));
      browser.on("disconnected", () => reject(new Error("The browser ended")));
      server.exited.then((code) => reject(new Error(`VS Code's server ended with ${code}`)));
    });
    await page.exposeFunction("codeAutomationExit", ended);

    await page.goto(
      pageUrl(server.origin, {
        ...opened(positionals[0]),
        extension: resolve(text(values.extensionDevelopmentPath)),
        tests: resolve(text(values.extensionTestsPath)),
      }),
    );
    const code = await ending;
    await browser.close();
    return code;
  } finally {
    await server.stop();
  }
}

/** @param {string | undefined} path */
function opened(path) {
  if (!path) return {};
  return path.endsWith(".code-workspace") ? { workspace: resolve(path) } : { folder: resolve(path) };
}

/** @param {string | boolean | undefined} value */
function text(value) {
  if (typeof value !== "string")
    throw new Error(
      "Needs --user-data-dir, --extensions-dir, --extensionDevelopmentPath, --extensionTestsPath",
    );
  return value;
}
