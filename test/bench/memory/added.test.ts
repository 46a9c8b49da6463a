import assert from "node:assert/strict";
import * as vscode from "vscode";
import { EXTENSION } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";
import { note } from "../figures.js";
import { memoryInUse } from "../support/usage.js";

const MEGABYTE = 1024 * 1024;
/** The memory has settled where so many looks, this far apart (ms), find it the same but for so many bytes. */
const LOOKS = 10;
const LOOK_MS = 500;
const SAME = MEGABYTE / 2;
/** How long (ms) a busy machine may take, each of the two times. */
const SETTLES_MS = 120_000;

describe("the extension host's memory", () => {
  it("is measured before the extension is awake, and with all of it at rest", async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension && !extension.isActive, "the extension is installed, and asleep");
    const before = await settledMemory();
    await extension.activate();
    const shown = () => performance.getEntriesByName("fusion/statusBar/firstNumber").length > 0;
    await waitFor(shown, { message: "the first number" });
    const after = await settledMemory();
    const added = (what: "heap" | "rss") => (after[what] - before[what]) / MEGABYTE;
    note({ name: "RSS added to the extension host", value: added("rss"), bound: 25, unit: "MB" });
    note({ name: "heap added to the extension host", value: added("heap"), bound: null, unit: "MB" });
  }).timeout(3 * SETTLES_MS);
});

/** What is held, once that no longer changes. */
async function settledMemory(): Promise<ReturnType<typeof memoryInUse>> {
  let first = memoryInUse();
  let looks = 0;
  const isSettled = () => {
    const held = memoryInUse();
    looks = Math.abs(held.rss - first.rss) <= SAME ? looks + 1 : 0;
    if (looks === 0) first = held;
    return looks === LOOKS;
  };
  await waitFor(isSettled, { timeout: SETTLES_MS, interval: LOOK_MS, message: "the memory to settle" });
  return first;
}
