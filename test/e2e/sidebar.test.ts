import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { useSampleWindow } from "../support/sampleWindow.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const SLOW = { timeout: 30_000 };

function row(workbench: Workbench, text: string | RegExp): Locator {
  return workbench.page.locator(".sidebar .monaco-list-row", { hasText: text });
}

describe("the side bar", () => {
  const opened = useSampleWindow();
  const write = (file: string, text: string) => writeFileSync(join(opened.folder, file), text);
  const act = async (text: string | RegExp, action: string) => {
    const found = row(opened.workbench, text);
    await waitFor(
      async () => {
        await found.hover();
        await found.getByRole("button", { name: action }).click({ timeout: 5_000 });
        return true;
      },
      { ...SLOW, message: `the action ${action}` },
    );
  };
  const editorTab = (file: string) =>
    opened.workbench.page.locator(`.tab[data-resource-name="${file}"]`).waitFor();

  before(() => opened.workbench.runCommand("Fusion: Focus on Metrics View"));

  it("shows the metrics with their values, live", async () => {
    await row(opened.workbench, /^MRR\s*\$12,450$/).waitFor();
    await row(opened.workbench, /^Drive sync\s*OK$/).waitFor();
    write("revenue_snapshot.json", '{"mrr": 12600, "currency": "USD"}');
    await row(opened.workbench, /^MRR\s*\$12,600$/).waitFor();
    const label = await row(opened.workbench, "MRR").getAttribute("aria-label");
    assert.match(label ?? "", /^MRR, \$12,600/);
  });

  it("shows the sources with age and size", async () => {
    await row(opened.workbench, /^memo_index\.json\s*(just now|1 min ago) · \d+ B$/).waitFor();
  });

  it("opens a metric's file at the value, beside the panel", async () => {
    await act("MRR", "Open File at Value");
    await editorTab("revenue_snapshot.json");
    await (await opened.workbench.panel()).getByTestId("card").first().waitFor();
    const groups = opened.workbench.page.locator(".editor-group-container");
    assert.equal(await groups.count(), 2);
    await act("Memos", "Open File at Value");
    await editorTab("memo_index.json");
    assert.equal(await groups.count(), 2, "the next file stands where the first one does");
  });

  it("shows a metric's trend in the panel", async () => {
    await act("MRR", "Show Trend");
    const panel = await opened.workbench.panel();
    await panel.getByTestId("trend").waitFor();
  });

  it("puts a metric into the status bar", async () => {
    await act("Memos", "Show in Status Bar");
    const item = opened.workbench.statusBarItem("fusion.status");
    await waitFor(async () => /^Memos 17$/.test(await item.text()), { ...SLOW, message: "the memos" });
  });

  it("begins an alert on a metric", async () => {
    await act("MRR", "Add Alert…");
    await waitFor(async () => (await opened.workbench.quickPickLabels()).length > 0, SLOW);
    await opened.workbench.page.keyboard.press("Escape");
  });

  it("opens a source", async () => {
    await act("drive_sync.log", "Open File");
    await editorTab("drive_sync.log");
  });

  it("says that a value is old where its file has broken", async () => {
    write("memo_index.json", '{"totalMemos": ');
    await row(opened.workbench, /^Memos\s*17 · stale$/).waitFor();
    await row(opened.workbench, /^memo_index\.json\s*stale/).waitFor();
  });

  it("hides every amount in privacy mode", async () => {
    await opened.workbench.runCommand("Fusion: Toggle Privacy Mode");
    await row(opened.workbench, /^MRR\s*•••$/).waitFor();
    const texts = await opened.workbench.page
      .locator(".sidebar")
      .evaluate((bar) => [bar.outerHTML].join().replace(/(style|id|class|data-[\w-]+)="[^"]*"/g, ""));
    assert.doesNotMatch(texts, /12[.,]?600|12[.,]?450|\$\d/);
  });

  it("shows a walkthrough of four steps, each with its picture", async () => {
    await opened.workbench.runCommand("View: Close All Editors");
    await opened.workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await opened.workbench.answer("Welcome: Open Walkthrough...", "Get Started with Fusion");
    const { page } = opened.workbench;
    for (const step of ["See the sample live", "Add your first metric", "Be told", "Share the stream"]) {
      await page.locator(".getting-started-step", { hasText: step }).first().click();
      await waitFor(
        async () => {
          const drawn = await Promise.all(
            page.frames().map((frame) =>
              frame
                .locator("svg rect, svg circle")
                .count()
                .catch(() => 0),
            ),
          );
          return drawn.some((count) => count > 4);
        },
        { ...SLOW, message: `the picture of "${step}"` },
      );
    }
  });
});

describe("a profile that has never seen Fusion", () => {
  const folder = new TemporaryFolder();
  let workbench: Workbench;

  before(async () => {
    folder.write({ "notes.txt": "Nothing to see here.\n" });
    workbench = await launchWorkbench({ folder: folder.path });
  });
  after(async () => {
    await workbench?.close();
    folder.dispose();
  });

  it("is told nothing, and nothing opens uninvited", async () => {
    await waitFor(async () => (await workbench.statusBarItem("fusion.status").text()) === "Fusion", {
      ...SLOW,
      message: "the extension",
    });
    const label = () => workbench.statusBarItem("fusion.status").ariaLabel();
    await waitFor(async () => /no data files/.test(await label()), { ...SLOW, message: "what it has found" });
    assert.deepEqual(await workbench.notifications(), []);
    assert.deepEqual(await workbench.tabs(), []);
  });

  it("finds what to do in the empty views", async () => {
    await workbench.runCommand("Fusion: Focus on Metrics View");
    const bar = workbench.page.locator(".sidebar");
    for (const words of ["No metrics yet", "No alert is firing", "No sources yet"]) {
      await bar.getByText(words).waitFor();
    }
    await bar.getByRole("button", { name: "Add Metric from File…" }).first().waitFor();
    await bar.getByText("take the tour").click();
    await workbench.page
      .locator(".getting-started-step", { hasText: "See the sample live" })
      .first()
      .waitFor();
  });

  it("has the metrics in their place as soon as there are any", async () => {
    folder.write({ "fusion.json": '{ "metrics": { "notes": { "files": "*.txt", "aggregate": "count" } } }' });
    await row(workbench, /^notes\s*1$/i).waitFor();
  });

  it("has a number from the web in the status bar, though no file is there", async () => {
    const site = createServer((_, response) => response.end('{"stars": 7}'));
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const { port } = site.address() as AddressInfo;
    const stars = { url: `http://127.0.0.1:${port}/`, query: "stars" };
    folder.write({ "fusion.json": JSON.stringify({ metrics: { stars } }) });
    try {
      const item = workbench.statusBarItem("fusion.status");
      await waitFor(async () => (await item.text()) === "Stars 7", { ...SLOW, message: "the number" });
      assert.match(await item.ariaLabel(), /^Stars 7, live/);
    } finally {
      site.close();
    }
  });
});
