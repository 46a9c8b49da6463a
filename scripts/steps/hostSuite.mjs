import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { run } from "../vscode/childProcess.mjs";
import { executableForTests } from "../vscode/executableForTests.mjs";
import { linkExtensions } from "../vscode/linkedExtension.mjs";
import { follow } from "./follow.mjs";
import { runSuite } from "./suite.mjs";

const TEST_TIMEOUT = 60_000;
const LIMIT = 5 * 60_000;

/**
 * The suites of one scenario, inside VS Code's extension host.
 * @param {import("../../test/host/scenarios.mjs").Scenario} scenario
 * @param {string | undefined} grep
 */
export function hostSuite(scenario, grep) {
  return runSuite({
    folder: scenario.suites ?? join("host", scenario.name),
    grep,
    timeout: TEST_TIMEOUT,
    silent: true,
    execute: async ({ folder, order, report }) => {
      const profile = join(folder, "profile");
      await mkdir(join(profile, "User"), { recursive: true });
      await writeFile(join(profile, "User", "settings.json"), JSON.stringify(scenario.settings ?? {}));
      const workspace = join(folder, "workspace");
      await mkdir(workspace);
      const target = await scenario.prepare(workspace);
      const extensions = join(folder, "extensions");
      const companion = await scenario.companion?.(join(folder, "companion"));
      if (companion) await linkExtensions(extensions, [companion]);
      const launch = {
        vscodeExecutablePath: await executableForTests(scenario.restricted ?? false, console.log),
        extensionDevelopmentPath: (await scenario.extension?.(join(folder, "extension"))) ?? resolve("."),
        extensionTestsPath: resolve("out/test/host/index.js"),
        launchArgs: [
          ...(target ? [target] : []),
          `--user-data-dir=${profile}`,
          `--extensions-dir=${extensions}`,
          ...(companion ? [] : ["--disable-extensions"]),
        ],
      };
      const printed = follow(report);
      const ending = await run(process.execPath, ["scripts/vscode/runTests.mjs", JSON.stringify(launch)], {
        limit: LIMIT,
        env: { ...process.env, FUSION_SUITE: order, FUSION_STATE_DIR: join(folder, "state") },
      });
      await printed();
      if (ending.timedOut) console.log(`  took longer than ${LIMIT / 60_000} minutes`);
      return ending.code === 0;
    },
  });
}
