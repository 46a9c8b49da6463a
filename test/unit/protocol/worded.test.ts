import assert from "node:assert/strict";
import { alertText } from "../../../src/protocol/alertMessage.js";
import { wordingOf } from "../../../src/protocol/sentences.js";
import { wordedAlert, wordedHealth, wordedSnapshot, wordedStatus } from "../../../src/protocol/worded.js";
import {
  alert,
  builtInMetrics,
  feedEntry,
  metric,
  snapshot,
  status,
  streamHealth,
} from "../../support/snapshots.js";

const say = wordingOf({
  "Memos/sentence": "مذكرات",
  "the file is empty. Save it with its data./sentence": "الملف فارغ.",
});
const ERROR = "data/memo_index.json: the file is empty. Save it with its data.";
const WORDED = "data/memo_index.json: الملف فارغ.";

describe("what the stream tells in the reader's language", () => {
  it("has its own metrics' names and errors translated, and the user's as they were given", () => {
    const metrics = {
      ...builtInMetrics(),
      memos: metric({ error: ERROR }),
      mine: metric({ label: "Memos", error: ERROR }),
    };
    const said = wordedSnapshot(snapshot({ metrics }), say).metrics;
    assert.deepEqual(
      [said.memos, said.mine, said.revenue].map((each) => [each?.label, each?.error]),
      [
        ["مذكرات", WORDED],
        ["Memos", WORDED],
        ["MRR", null],
      ],
    );
    assert.equal(said.memos?.value, 17);
  });

  it("names an alert's metric and why it has no data", () => {
    const parts = {
      condition: { kind: "noDataFor", ms: 600_000 },
      label: "Memos",
      display: { format: "number", unit: null },
      error: ERROR,
      over: false,
    } as const;
    const said = wordedAlert(alert({ metric: "memos", value: null, parts }), say);
    const l10n = { t: (_: string, ...values: unknown[]) => values.join(" | ") };
    assert.equal(alertText(said, l10n, "ar"), `مذكرات | 10 د | ${WORDED}`);
    const plain = alert({ parts: null });
    assert.equal(wordedAlert(plain, say), plain);
  });

  it("names the metrics of the feed, and what failed", () => {
    const change = {
      metric: "memos",
      label: "Memos",
      from: 16,
      to: 17,
      format: "number",
      unit: null,
    } as const;
    const told = wordedStatus(status({ feed: [feedEntry(5, { changes: [change] })] }), say);
    assert.deepEqual(
      told.feed.map(({ changes }) => changes[0]?.label),
      ["مذكرات"],
    );
    const trouble = { time: "2025-11-08T17:40:00.000Z", message: ERROR };
    const health = streamHealth({ failures: [trouble] });
    const [source] = health.sources;
    assert.ok(source);
    const said = wordedHealth({ ...health, sources: [{ ...source, lastError: trouble }] }, say);
    assert.equal(said.metrics.failures[0]?.message, WORDED);
    assert.equal(said.sources[0]?.lastError?.message, WORDED);
  });
});
