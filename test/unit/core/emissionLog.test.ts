import assert from "node:assert/strict";
import { troubleLines } from "../../../src/core/emissionLog.js";
import { metric, snapshot } from "../../support/snapshots.js";

describe("emission log", () => {
  it("names what is wrong once, and nothing that is only awaited", () => {
    const missing = { value: null, available: false, error: "bugs.json was not found." };
    const metrics = {
      memos: metric(),
      bugs: metric(missing),
      openBugs: metric(missing),
      stars: metric({ value: null, available: false, error: "It is being read." }),
    };
    assert.deepEqual(troubleLines(snapshot({ metrics }), ["stars"]), ["⚠️ bugs.json was not found."]);
  });
});
