import assert from "node:assert/strict";
import { AGGREGATES, type BuiltInRule, type ValueOrigin } from "../../../src/protocol/origin.js";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { explanationRows, explanationTitle, openLabel } from "../../../webview/model/explanation.js";
import { metric } from "../../support/snapshots.js";

const NOW = new Date("2025-11-08T20:05:00").getTime();
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the rows say, by their terms. */
function said(part: Partial<Metric>): Record<string, string> {
  const explained = metric({
    readAt: new Date("2025-11-08T20:04:58").toISOString(),
    changedAt: new Date("2025-11-08T20:01:00").toISOString(),
    ...part,
  });
  const rows = explanationRows(explained, NOW, "en");
  return Object.fromEntries(rows.map(({ id, text, code }) => [id, [text, code].filter(Boolean).join(" ")]));
}

const derivation = (origin: ValueOrigin) => said({ origin }).value;

describe("why a value is what it is", () => {
  it("names the file with its line, what was made of it, and when", () => {
    const origin = {
      kind: "file",
      file: "logs/app.log",
      match: "took (.*)ms",
      aggregate: "avg",
      scale: 0.001,
    } as const;
    const source = { file: "logs/app.log", line: 7 };
    assert.deepEqual(said({ origin, source, value: 1.5, previous: 1.25, unit: "s" }), {
      source: "logs/app.log:7",
      value: "average of the lines that match took (.*)ms",
      scale: "multiplied by 0.001",
      read: "20:04 (just now)",
      changed: "20:01 (4 min ago), from 1.25 s",
    });
  });

  it("says since when a value stands that has not changed", () => {
    assert.equal(said({ previous: null }).changed, "not since 20:01 (4 min ago)");
  });

  it("names the extension that gives a value", () => {
    const origin = { kind: "extension", extension: "Acme CI", name: "queue" } as const;
    const { source, value } = said({ origin, source: null });
    assert.deepEqual(
      [source, value],
      ["the extension Acme CI", "as the extension gives it, under the name queue"],
    );
    assert.equal(openLabel(metric({ origin, source: null })), null);
  });

  it("names folders, repositories and addresses as what they are", () => {
    const drafts = { kind: "files", glob: "memos/**/*.md" } as const;
    assert.equal(said({ origin: drafts, source: { file: "memos", line: null } }).source, "memos");
    assert.equal(said({ origin: drafts, source: { file: ".", line: null } }).source, "the workspace folder");
    assert.equal(derivation(drafts), "number of files that match memos/**/*.md");
    const week = { kind: "git", sinceMs: 7 * DAY_MS } as const;
    assert.equal(said({ origin: week, source: null }).source, "the folder's git repository");
    assert.equal(derivation(week), "commits on HEAD's history within 7 d");
    const stars = { kind: "url", url: "https://example.com/stats.json", query: "stars" } as const;
    assert.equal(said({ origin: stars, source: null }).source, "https://example.com/stats.json");
    assert.equal(derivation(stars), "result of the query stars");
  });

  it("names the file of a metric even while it cannot be read", () => {
    const origin = { kind: "file", file: "gone.json", query: "n" } as const;
    const gone = { value: null, source: null, readAt: null, changedAt: null };
    assert.deepEqual(said({ ...gone, origin }), { source: "gone.json", value: "result of the query n" });
    assert.deepEqual(said({ ...gone, origin: null }), {});
  });

  it("tells every aggregate of every selection apart", () => {
    const selections = [{ query: "x" }, { column: "x" }, { match: "x" }, {}];
    for (const selection of selections) {
      const texts = AGGREGATES.map((aggregate) =>
        derivation({ kind: "file", file: "a", ...selection, aggregate }),
      );
      // A regular expression has no progress: fusion.json refuses it.
      const distinct = "match" in selection ? AGGREGATES.length - 1 : AGGREGATES.length;
      assert.equal(new Set(texts).size, distinct, texts.join());
    }
  });

  it("tells every rule of the built-in files in words", () => {
    const words: Readonly<Record<BuiltInRule, string>> = {
      field: "the number at x",
      length: "number of items in the list x",
      divisions: "sum over the divisions at x",
      newestStatus: "the newest line that names a status x",
      meanProgress: "mean progress, in percent, of x",
      messagesInDay: "messages of the last 24 hours, by their x",
    };
    for (const [rule, expected] of Object.entries(words)) {
      assert.equal(derivation({ kind: "builtIn", rule: rule as BuiltInRule, field: "x" }), expected);
    }
  });

  it("has a name that says what it explains", () => {
    const revenue = metric({ label: "MRR", value: 12450, format: "currency", unit: "USD" });
    assert.equal(explanationTitle(revenue, "en"), "Why MRR is $12,450");
    assert.equal(explanationTitle(metric({ value: null }), "en"), "Why Memos has no value");
    const hidden = { value: "•••", previous: "•••", format: "text", concealed: true } as const;
    assert.equal(explanationTitle(metric(hidden), "en"), "Why Memos has its hidden value");
    assert.doesNotMatch(said(hidden).changed ?? "•••", /•/);
  });

  it("offers to open what there is", () => {
    assert.equal(openLabel(metric({ source: { file: "a.json", line: 3 } })), "Open file at line 3");
    assert.equal(openLabel(metric({ source: { file: "a.json", line: null } })), "Open file");
    assert.equal(openLabel(metric({ source: null })), null);
    const drafts = { kind: "files", glob: "memos/*" } as const;
    assert.equal(openLabel(metric({ origin: drafts, source: { file: "memos", line: null } })), "Show folder");
  });
});
