import assert from "node:assert/strict";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const TIMES = 100;

describe("What the Command Center leaves behind", function () {
  this.timeout(10 * 60_000);
  const window = useSampleWindow();

  async function connection(): Promise<{ url: string; token: string }> {
    const { page } = window.workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await window.workbench.answer("Fusion: Copy Client Connection…", "Read", "Address and token");
    const text = await waitFor(() => page.evaluate(() => navigator.clipboard.readText()));
    const [url = "", token = ""] = text.trim().split("\n");
    return { url, token };
  }

  it(`is one client, after it was hidden and loaded again ${TIMES} times`, async () => {
    const { workbench } = window;
    await workbench.runCommand("Fusion: Open Command Center");
    await workbench.panel();
    await workbench.runCommand("File: New Untitled Text File");
    const { url, token } = await connection();
    const clients = async () => {
      const headers = { Authorization: `Bearer ${token}` };
      const health = await (await fetch(`${url}/api/fusion/emitter/health`, { headers })).json();
      return Number(health.metrics.connectedClients);
    };
    const tab = (title: string) => workbench.page.locator(".tabs-container .tab", { hasText: title });
    let most = 0;
    for (let time = 0; time < TIMES; time += 1) {
      await tab("Command Center").click();
      // Hidden again before, while and after it connects.
      if (time % 10 === 9) await waitFor(async () => (await clients()) === 1, { timeout: 30_000 });
      await tab("Untitled").click();
      most = Math.max(most, await clients());
    }
    assert.ok(most <= 1, `${most} clients at one time`);
    await waitFor(async () => (await clients()) === 0, { timeout: 30_000, message: "the last one to leave" });
    await tab("Command Center").click();
    await waitFor(async () => (await clients()) === 1, { timeout: 30_000, message: "the one client" });
    const panel = await workbench.panel();
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
  });
});
