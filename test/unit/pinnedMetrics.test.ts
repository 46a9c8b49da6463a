import assert from "node:assert/strict";
import type { Metric } from "../../src/protocol/snapshot.js";
import { pinnedMetrics } from "../../src/vscode/pinnedMetrics.js";
import { builtInMetrics, metric, snapshot } from "../support/snapshots.js";

const MISSING = metric({ label: "MRR", value: null, available: false, source: null, previous: null });

describe("the metrics in the status bar", () => {
  const shown = (metrics: Record<string, Metric>, pinned = "revenue", chosen = false) => {
    const all = { ...builtInMetrics(), ...metrics };
    const found = pinnedMetrics(snapshot({ metrics: all, cards: Object.keys(all) }), pinned, chosen);
    return found.length === 0 ? null : found.map(({ label }) => label).join();
  };

  it("are the two with a comma between them, in this order, and no more", () => {
    assert.equal(shown({}, "revenue,memos", true), "MRR,Memos");
    assert.equal(shown({}, " memos , revenue,driveSync", true), "Memos,MRR");
    assert.equal(shown({}, "memos,memos", true), "Memos");
    assert.equal(shown({}, "memos,nothing", true), "Memos");
  });

  it("are one whose id has a comma", () => {
    assert.equal(shown({ "memos,revenue": metric({ label: "Both" }) }, "memos,revenue", true), "Both");
  });

  it("is the pinned one", () => {
    assert.equal(shown({}), "MRR");
    assert.equal(shown({}, "memos", true), "Memos");
  });

  it("is the first card with a value where the folder never had the one of the setting's default", () => {
    assert.equal(shown({ revenue: MISSING }), "Memos");
    assert.equal(shown({ revenue: MISSING, memos: MISSING }), "Drive sync");
  });

  it("stays where it was chosen, was there before, or is there and cannot be read", () => {
    assert.equal(shown({ revenue: MISSING }, "revenue", true), "MRR");
    assert.equal(shown({ revenue: { ...MISSING, previous: 12_450 } }), "MRR");
    const source = { file: "revenue_snapshot.json", line: null };
    assert.equal(shown({ revenue: { ...MISSING, source } }), "MRR");
  });

  it("is one that was declared, where it has no place in a file and never changed", () => {
    const origin = { kind: "url", url: "https://example.com/" } as const;
    assert.equal(shown({ revenue: metric({ label: "MRR", source: null, previous: null, origin }) }), "MRR");
    assert.equal(shown({ revenue: { ...MISSING, origin } }), "MRR");
  });

  it("is none where there is none of that name, or nothing at all", () => {
    assert.equal(shown({}, "constructor", true), null);
    const nothing = snapshot({ metrics: { revenue: MISSING }, cards: ["revenue"] });
    assert.deepEqual(pinnedMetrics(nothing, "revenue", false), [MISSING]);
  });
});
