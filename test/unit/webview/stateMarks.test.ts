import assert from "node:assert/strict";
import { stateMarks } from "../../../webview/model/stateMarks.js";

describe("the marks of states", () => {
  it("tell good, warning and bad apart by pattern and tone", () => {
    const marks = stateMarks(["OK", "ERROR", null, "Retry", "OK", 5]);
    assert.deepEqual(
      [...marks],
      [
        ["ERROR", { pattern: "solid", tone: "bad" }],
        ["OK", { pattern: "plain", tone: "good" }],
        ["Retry", { pattern: "hatched", tone: "warn" }],
      ],
    );
  });

  it("give words of no rank patterns of their own, whatever their order", () => {
    const marks = stateMarks(["green field", "SYNCING", "idle"]);
    assert.deepEqual(new Set([...marks.values()].map(({ pattern }) => pattern)).size, 3);
    assert.ok([...marks.values()].every(({ tone }) => tone === "neutral"));
    assert.deepEqual(stateMarks(["idle", "green field", "SYNCING"]), marks);
  });
});
