import assert from "node:assert/strict";
import { PLAIN } from "../../../../src/core/discovery/entry.js";
import {
  displaysFor,
  type MetricDraft,
  metricEntry,
  shownValue,
} from "../../../../src/core/discovery/metricDraft.js";
import { aggregateLabel, freeId, keyLabel, kindLabel } from "../../../../src/core/discovery/metricName.js";
import { WHOLE_FILE } from "../../../../src/core/discovery/proposal.js";
import { ENGLISH } from "../../../support/discovery.js";

describe("a metric that is about to be added", () => {
  const draft = (part: Partial<MetricDraft> = {}, selection = {}): MetricDraft => ({
    origin: { kind: "file", file: "stats.json", selection: { ...WHOLE_FILE, ...selection } },
    label: "Open bugs",
    value: 12,
    ...PLAIN,
    ...part,
  });

  it("is written without what goes without saying", () => {
    assert.deepEqual(metricEntry(draft({}, { query: "a" }), "openBugs"), { file: "stats.json", query: "a" });
    assert.deepEqual(
      metricEntry(draft({ format: "percent", scale: 100 }, { query: "a", aggregate: "avg" }), "openBugs2"),
      {
        label: "Open bugs",
        file: "stats.json",
        query: "a",
        aggregate: "avg",
        format: "percent",
        scale: 100,
      },
    );
    assert.deepEqual(metricEntry(draft({ origin: { kind: "files", glob: "memos/*" } }), "openBugs"), {
      files: "memos/*",
    });
    const log = (selection: object) =>
      metricEntry(
        draft({ origin: { kind: "file", file: "a.log", selection: { ...WHOLE_FILE, ...selection } } }),
        "openBugs",
      );
    assert.deepEqual(log({}), { file: "a.log", aggregate: "last" });
    assert.deepEqual(log({ match: "(?<value>1)" }), { file: "a.log", match: "(?<value>1)" });
    assert.deepEqual(log({ match: "a", aggregate: "count" }), {
      file: "a.log",
      match: "a",
      aggregate: "count",
    });
  });

  it("is shown as its card will show it, in the ways that fit its value", () => {
    const shown = (part: Partial<MetricDraft>) =>
      displaysFor(draft(part)).map((display) => shownValue({ value: part.value ?? 0, ...display }, "en"));
    assert.deepEqual(shown({ value: 12 }), ["12", "$12", "12 %", "12 B", "12 s"]);
    assert.deepEqual(shown({ value: 0.5 }), ["0.5", "$0.50", "0.5 %", "1 B", "0.5 s", "50 %"]);
    assert.deepEqual(shown({ value: "open" }), ["open"]);
    assert.deepEqual(shown({ value: "2025-11-08" }), ["2025-11-08", "Nov 8, 2025"]);
    assert.equal(shown({ value: 1_762_623_638 }).length, 6);
    assert.equal(shownValue({ ...PLAIN, format: "currency", value: "open" }), null);
  });

  it("gets a free id, and a label that says what it is", () => {
    assert.equal(freeId("Open bugs", new Set()), "openBugs");
    assert.equal(freeId("Open bugs", new Set(["openBugs", "openBugs2"])), "openBugs3");
    assert.equal(freeId("Größe (kB)", new Set()), "größeKb");
    assert.equal(freeId("…", new Set(["metric"])), "metric2");
    assert.equal(keyLabel("total", "openBugs"), "Open bugs total");
    assert.equal(keyLabel("value", "MRR"), "MRR");
    assert.equal(keyLabel("total", "total"), "Total");
    assert.equal(keyLabel("total", "grandTotal"), "Grand total");
    assert.equal(keyLabel("\u0000", ""), "Value");
    assert.equal(keyLabel("x".repeat(80), "").length, 61);
    assert.equal(kindLabel("open", "Bugs"), "Open bugs");
    assert.equal(kindLabel("open", "MRR"), "Open MRR");
    assert.equal(kindLabel("open", "Open"), "Open");
    assert.equal(aggregateLabel("sum", "App total", ENGLISH), "Total app");
    assert.equal(aggregateLabel("sum", "Total", ENGLISH), "Total");
    assert.equal(aggregateLabel("min", "App total", ENGLISH), "Lowest app total");
  });
});
