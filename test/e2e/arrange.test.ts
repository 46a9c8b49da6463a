import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const SLOW = { timeout: 30_000 };

describe("cards that are arranged in VS Code", () => {
  const opened = useSampleWindow();
  const file = () => join(opened.folder, "fusion.json");
  const card = async (metric: string) =>
    (await opened.workbench.panel()).locator(`[data-testid="card"][data-metric="${metric}"]`);
  const shows = async (...order: string[]) => {
    const panel = await opened.workbench.panel();
    await waitFor(
      async () => {
        const cards = await panel
          .getByTestId("card")
          .evaluateAll((all) => all.map((each) => each.getAttribute("data-metric")));
        return cards.join() === order.join();
      },
      { ...SLOW, message: `the order ${order}` },
    );
  };
  const says = (text: string) =>
    waitFor(
      () => {
        try {
          return readFileSync(file(), "utf8") === text;
        } catch {
          return false;
        }
      },
      { ...SLOW, message: `fusion.json to say ${text}` },
    );

  it("begin a fusion.json by the first move, and keep every one after it", async () => {
    await shows("memos", "revenue", "driveSync", "recommendations");
    await (await card("memos")).focus();
    for (let press = 0; press < 3; press++)
      await opened.workbench.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows("revenue", "driveSync", "recommendations", "memos");
    await says('{\n  "cards": ["revenue", "driveSync", "recommendations", "memos"]\n}\n');
    assert.ok(!(await opened.workbench.tabs()).includes("fusion.json"), "nothing opens for it");
  });

  it("take the comments on their lines along when dragged, and stay so over a reload", async () => {
    const text = (...lines: string[]) => `{\n  // Ours.\n  "cards": [\n${lines.join("")}  ],\n}\n`;
    const [memos, revenue, sync] = [
      '    "memos", // what Emma writes\n',
      '    "revenue", // what pays for it\n',
      '    // Watch this one.\n    "driveSync",\n',
    ];
    writeFileSync(file(), text(memos, revenue, sync));
    await shows("memos", "revenue", "driveSync");
    const from = (await (await card("driveSync")).boundingBox()) ?? assert.fail();
    const to = (await (await card("memos")).boundingBox()) ?? assert.fail();
    const { mouse } = opened.workbench.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + to.width / 4, to.y + to.height / 2, { steps: 8 });
    await mouse.up();
    await says(text(sync, memos, revenue));
    await shows("driveSync", "memos", "revenue");
    await opened.workbench.reloadWindow();
    await shows("driveSync", "memos", "revenue");
  });

  it("stand where the file has them where it cannot be changed, which is said", async () => {
    writeFileSync(file(), '{ "cards": ["memos", "revenue" }');
    const panel = await opened.workbench.panel();
    await panel.getByText("fusion.json", { exact: false }).first().waitFor();
    await (await card("driveSync")).focus();
    await opened.workbench.page.keyboard.press("Alt+Shift+ArrowRight");
    await opened.workbench.notification(/fusion.json has an error in line 1/).waitFor();
    assert.equal(readFileSync(file(), "utf8"), '{ "cards": ["memos", "revenue" }');
    await shows("driveSync", "memos", "revenue");
  });
});
