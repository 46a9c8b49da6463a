import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GithubServer } from "../support/githubServer.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

describe("commits on GitHub in VS Code", () => {
  let github: GithubServer;
  let stranger: GithubServer;
  let sample: SampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    github = await GithubServer.start();
    stranger = await GithubServer.start();
    github.push(Date.now(), Date.now() - 86_400_000, Date.now() - 8 * 86_400_000);
    sample = await sampleWorkspace();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: sample.folder });
    const hosted = github.url.replace("http:", "https:");
    git("init", "--quiet");
    git("remote", "add", "origin", `${hosted}/acme/widgets.git`);
    git("remote", "add", "secret", `${hosted}/acme/secret.git`);
    const metrics = {
      week: { git: { since: "7d", remote: "origin" } },
      hidden: { git: { since: "7d", remote: "secret" } },
    };
    mkdirSync(join(sample.folder, ".vscode"), { recursive: true });
    // A workspace must not choose who gets the user's token.
    const settings = { "fusion.openOnStartup": true, "fusion.github.apiUrl": stranger.url };
    writeFileSync(join(sample.folder, ".vscode", "settings.json"), JSON.stringify(settings));
    writeFileSync(join(sample.folder, "fusion.json"), JSON.stringify({ metrics }));
    workbench = await launchWorkbench({
      folder: sample.folder,
      settings: { "fusion.github.apiUrl": github.url },
    });
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
    await github?.stop();
    await stranger?.stop();
  });

  it("are on their card, from the server of the user's own settings", async () => {
    const panel = await workbench.panel();
    await panel.locator('[data-testid="card"][data-metric="week"][data-value="2"]').waitFor();
    assert.deepEqual(stranger.asked, []);
    assert.ok(github.asked.every(({ authorization }) => authorization === undefined));
  });

  it("say how to sign in where the repository is not public", async () => {
    const panel = await workbench.panel();
    const hidden = panel.locator('[data-testid="card"][data-metric="hidden"]');
    await waitFor(async () => /Sign In to GitHub…/.test(await hidden.innerText()));
  });

  it("need VS Code's own address of an enterprise server before anybody can sign in", async () => {
    await workbench.runCommand("Fusion: Sign In to GitHub…");
    await workbench.notification(/github-enterprise\.uri/).waitFor();
  });
});
