import assert from "node:assert/strict";
import { metricsToChoose } from "../../../src/vscode/knownMetrics.js";
import { statusTooltip } from "../../../src/vscode/statusTooltip.js";
import { metric, snapshot, status } from "../../support/snapshots.js";

const NEVER = metric({
  value: null,
  previous: null,
  source: null,
  available: false,
  error: "It was not found.",
});

describe("the status bar's tooltip", () => {
  const tooltip = (metrics: Parameters<typeof snapshot>[0]) =>
    statusTooltip({
      snapshot: snapshot(metrics),
      status: status(),
      stateText: "live",
      alerts: [],
      concealed: false,
      folder: "data",
      url: null,
      error: null,
      now: Date.now(),
    }).value;
  const own = (label: string) => metric({ label, origin: { kind: "file", file: "own.json" } });
  const mixed = {
    metrics: { memos: { ...NEVER, label: "Memos" }, a: own("First"), b: own("Second") },
    cards: ["b", "a"],
  };

  it("lists what anything is known of, in the order of the cards, as the pick lists do", () => {
    const text = tooltip(mixed);
    assert.match(text, /Second.*First/s);
    assert.doesNotMatch(text, /Memos|not found/);
    assert.deepEqual(
      metricsToChoose(snapshot(mixed)).map(([id]) => id),
      ["b", "a"],
    );
  });

  it("has no table where nothing is known", () => {
    assert.doesNotMatch(tooltip({ metrics: { memos: NEVER } }), /\|/);
    assert.equal(
      metricsToChoose(snapshot({ metrics: { memos: NEVER } })).length,
      1,
      "all may be chosen then",
    );
  });
});
