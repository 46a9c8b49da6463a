import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { listens } from "../support/listener.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const PORT = 4_890;

describe("Workspace Trust", () => {
  let sample: SampleWorkspace;
  let workbench: Workbench;
  let site: Server;
  let visits = 0;

  before(async () => {
    sample = await sampleWorkspace();
    site = createServer((_, response) => {
      visits += 1;
      response.setHeader("Content-Type", "application/json");
      response.end('{"stars": 7}');
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    prepare(sample.folder, (site.address() as AddressInfo).port);
    workbench = await launchWorkbench({
      folder: sample.folder,
      settings: {
        "security.workspace.trust.enabled": true,
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
        // The editor's own git would ask the repository, too.
        "git.enabled": false,
      },
    });
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
    site?.close();
  });

  const path = (...parts: string[]) => join(sample.folder, ...parts);
  const card = async (metric: string): Promise<Locator> =>
    (await workbench.panel()).locator(`[data-testid="card"][data-metric="${metric}"]`);
  const shows = async (metric: string, value: string) =>
    waitFor(async () => (await (await card(metric)).getAttribute("data-value")) === value, {
      timeout: 30_000,
      message: `${metric}: ${value}`,
    });

  it("withheld: files are read, and nothing listens, fetches, asks git, writes or opens", async () => {
    await waitFor(async () => (await workbench.statusBarItem("fusion.status").text()) === "MRR $12,450", {
      timeout: 30_000,
      message: "the first number",
    });
    assert.equal(await workbench.openPanel(), undefined, "nothing opens by itself");
    await workbench.runCommand("Fusion: Open Command Center");
    await shows("revenue", "12450");
    for (const metric of ["stars", "weekCommits"]) {
      await waitFor(async () => /trust/i.test(await (await card(metric)).innerText()), { message: metric });
      assert.notEqual(await (await card(metric)).getAttribute("data-value"), "7");
    }
    writeFileSync(path("revenue_snapshot.json"), '{"mrr": 5}');
    await shows("revenue", "5");
    await workbench.runCommand("Fusion: Refresh Now");
    assert.equal(visits, 0);
    assert.equal(await listens(PORT), false);
    assert.ok(!existsSync(path("logs", "fusion.log")));
    assert.ok(!existsSync(path("hook-ran")), "a repository's own program must not run");
    await workbench.runCommand("Fusion: Copy Client Connection…");
    await workbench.notification(/trust/i).waitFor();
  });

  it("granted: all of that begins at once, without a reload", async () => {
    await workbench.page.evaluate(() => Reflect.set(window, "sameWindow", true));
    await workbench.runCommand("Workspaces: Manage Workspace Trust");
    await workbench.page.getByRole("button", { name: "Trust", exact: true }).first().click();
    await waitFor(() => listens(PORT), { timeout: 30_000, message: "the server" });
    await waitFor(() => visits > 0, { timeout: 30_000, message: "the address to be fetched" });
    await waitFor(() => existsSync(path("logs", "fusion.log")), { message: "the log file" });
    await workbench.runCommand("Fusion: Open Command Center");
    await shows("stars", "7");
    await shows("weekCommits", "1");
    await shows("revenue", "5");
    assert.equal(await workbench.page.evaluate(() => Reflect.get(window, "sameWindow")), true);
    assert.ok(!existsSync(path("hook-ran")), "a trusted repository's own program must not run either");
  });
});

/** A folder that asks for all that needs trust, with a repository that would run a program of its own if it could. */
function prepare(folder: string, port: number): void {
  const metrics = {
    stars: { label: "Stars", url: `http://127.0.0.1:${port}/stats.json`, query: "stars" },
    weekCommits: { label: "Commits", git: { since: "7d" } },
  };
  writeFileSync(join(folder, "fusion.json"), JSON.stringify({ metrics }));
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(
    join(folder, ".vscode", "settings.json"),
    JSON.stringify({
      "fusion.openOnStartup": true,
      "fusion.log.file": "logs/fusion.log",
      "fusion.server.port": PORT,
    }),
  );
  const program = join(folder, "program.sh");
  writeFileSync(program, `#!/bin/sh\ntouch "${join(folder, "hook-ran")}"\n`, { mode: 0o755 });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: folder,
    });
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "--message", "first");
  for (const name of ["core.fsmonitor", "core.pager", "core.sshCommand", "pager.log", "diff.external"])
    git("config", name, program);
}
