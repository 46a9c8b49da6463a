import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OnePortProxy } from "../support/onePortProxy.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

/** The browser stands in for a machine that reaches VS Code's own port on the other one, and nothing else there. */
describe("A workspace on another machine, of which no port is forwarded", () => {
  const proxy = new OnePortProxy();
  let sample: SampleWorkspace;
  let workbench: Workbench;
  before(async () => {
    sample = await sampleWorkspace();
    workbench = await launchWorkbench({ folder: sample.folder, proxy: await proxy.start() });
  });
  after(async () => {
    await workbench?.close();
    await proxy.stop();
    await sample?.remove();
  });

  it("has its panel live: values, refresh and interval need VS Code's connection alone", async () => {
    await workbench.runCommand("Fusion: Open Command Center");
    const panel = await workbench.panel();
    await panel.locator('[data-metric="revenue"][data-value="12450"]').waitFor({ timeout: 60_000 });
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    writeFileSync(join(sample.folder, "revenue_snapshot.json"), '{"mrr": 12999}');
    await panel.locator('[data-metric="revenue"][data-value="12999"]').waitFor();
    const newest = panel.locator('[data-testid="feed-entry"]').first();
    const before = await newest.locator("time").getAttribute("datetime");
    await panel.locator('[data-testid="refresh"]').click();
    await waitFor(
      async () => {
        const time = await newest.locator("time").getAttribute("datetime");
        return time !== before && /refresh/i.test(await newest.innerText());
      },
      { message: "the refresh at the top of the feed" },
    );
    await panel.locator('[data-testid="interval"]').selectOption("7");
    await waitFor(async () => /7/.test(await workbench.statusBarItem("fusion.status").tooltip()));

    const address = await waitFor(async () => {
      const tooltip = await workbench.statusBarItem("fusion.status").tooltip();
      return /http:\/\/(127\.0\.0\.1:\d+)/.exec(tooltip)?.[1];
    });
    assert.ok(!proxy.refused.includes(address), "nothing may have asked for the stream's port");
    const other = await workbench.page.context().newPage();
    await other.goto(`http://${address}/`).catch(() => undefined);
    await other.close();
    assert.ok(proxy.refused.includes(address), "the port must have been out of the browser's reach");
  });
});
