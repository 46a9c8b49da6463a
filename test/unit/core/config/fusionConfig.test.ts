import assert from "node:assert/strict";
import { parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import { EXAMPLE_CONFIG } from "./exampleConfig.js";
import { applyFix, configOf, metricOf, metricProblem, problemOf } from "./parsedConfig.js";

describe("fusion.json", () => {
  it("declares metrics, cards and alerts", () => {
    const { metrics, cards, alerts } = configOf(EXAMPLE_CONFIG);
    assert.deepEqual(metrics[0], {
      id: "openBugs",
      origin: {
        kind: "file",
        file: "data/bugs.json",
        query: "length(items[?state=='open'])",
        column: null,
        match: null,
        aggregate: "last",
      },
      display: {
        label: "Open bugs",
        format: null,
        unit: null,
        prefix: null,
        suffix: null,
        scale: 1,
        decimals: null,
        icon: null,
      },
      line: 4,
    });
    assert.deepEqual(
      metrics.slice(6).map(({ origin }) => origin),
      [
        { kind: "files", glob: "memos/**/*.md" },
        { kind: "git", sinceMs: 7 * 86_400_000, remote: null },
        { kind: "url", url: "https://example.com/stats.json", query: "stars", aggregate: "last" },
      ],
    );
    assert.deepEqual(cards, ["revenue", "openBugs", "memos"]);
    assert.deepEqual(alerts[0], {
      metric: "revenue",
      condition: { kind: "below", threshold: 10_000, clearAbove: 10_500 },
      forMs: 600_000,
      coolDownMs: 300_000,
      severity: "warning",
      line: 16,
    });
    assert.deepEqual(
      alerts.slice(1).map(({ condition }) => condition),
      [
        { kind: "becomes", value: "ERROR" },
        { kind: "risesBy", amount: 50, percent: false, withinMs: 3_600_000 },
        { kind: "fallsBy", amount: 5, percent: true, withinMs: 86_400_000 },
        { kind: "noDataFor", ms: 1_800_000 },
        { kind: "above", threshold: 100, clearBelow: 90 },
      ],
    );
    assert.equal(alerts[2]?.severity, "warning");
  });

  it("may be almost nothing", () => {
    for (const text of ["{}", "\uFEFF{ }", '{ "metrics": {}, }', '{"$schema": "x", "alerts": []} // end']) {
      assert.deepEqual(configOf(text), { metrics: [], cards: null, alerts: [] });
    }
  });

  it("fills in what is left out", () => {
    const aggregates = [
      [{ file: "a.json" }, "last"],
      [{ file: "a.md" }, "progress"],
      [{ file: "a.log" }, "count"],
      [{ file: "a.log", match: "(?:a|b)" }, "count"],
      [{ file: "a.log", match: "a (\\d+)" }, "last"],
      [{ file: "a.log", match: "a|(?<value>b)" }, "last"],
    ] as const;
    for (const [metric, aggregate] of aggregates) {
      const { origin } = metricOf(metric);
      assert.equal(origin.kind === "file" && origin.aggregate, aggregate, JSON.stringify(metric));
    }
    assert.deepEqual(metricOf({ git: {} }).origin, { kind: "git", sinceMs: 86_400_000, remote: null });
    const upstream = { kind: "git", sinceMs: 3_600_000, remote: "up/stream-2" };
    assert.deepEqual(metricOf({ git: { since: "1h", remote: "up/stream-2" } }).origin, upstream);
    const labels = { openBugs: "Open bugs", open_bugs: "Open bugs", MRR: "MRR", p95: "P95", "🐞": "🐞" };
    for (const [id, label] of Object.entries({ ...labels, HTTPErrors: "HTTP errors", ___: "___" })) {
      assert.equal(metricOf({ git: {} }, id).display.label, label);
    }
  });

  it("takes names that objects have of their own, but not __proto__", () => {
    const text = `{"metrics":{"toString":{"git":{}},"constructor":{"git":{}}},"cards":["toString","valueOf"]}`;
    const { config, problems } = parseFusionConfig(text);
    assert.deepEqual(
      config?.metrics.map(({ id }) => id),
      ["toString", "constructor"],
    );
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ["warning"],
    );
    assert.match(problemOf('{"metrics":{"__proto__":{"git":{}}}}').message, /cannot be the name/);
    assert.match(metricProblem({ git: {}, toString: 1 }).message, /"toString" is not known/);
    assert.match(metricProblem({ file: "a.json", aggregate: "constructor" }).message, /Use "last"/);
    assert.match(problemOf(`{"metrics":{"${"x".repeat(101)}":{"git":{}}}}`).message, /100 characters/);
    assert.match(problemOf('{"metrics":{" ":{"git":{}}}}').message, /no name/);
  });

  it("says where a sign is missing, and puts it there", () => {
    const text = '{\n  "cards": ["revenue"] // shown\n\n  "metrics": {}\n}';
    const problem = problemOf(text);
    assert.deepEqual([problem.line, problem.column], [2, 22]);
    assert.match(problem.message, /"," is missing/);
    assert.deepEqual(parseFusionConfig(applyFix(text, problem)).problems, []);
    for (const broken of [
      '{"cards" []}',
      '{"cards": ["memos"}',
      '{"metrics": {',
      "{'cards': []}",
      "{cards: []}",
    ]) {
      let mending = broken;
      for (let round = 0; round < 3 && parseFusionConfig(mending).config === null; round++) {
        const [first] = parseFusionConfig(mending).problems;
        assert.ok(first);
        mending = applyFix(mending, first);
      }
      assert.ok(parseFusionConfig(mending).config, `${broken} became ${mending}`);
    }
  });

  it("refuses what is empty, too long, too deep or no object", () => {
    for (const text of ["", " \n", "// nothing"]) {
      const problem = problemOf(text);
      assert.match(problem.message, /empty/);
      assert.ok(parseFusionConfig(applyFix(text, problem)).config);
    }
    assert.match(problemOf(" ".repeat(256 * 1024 + 1)).message, /256 KB/);
    assert.match(problemOf("[".repeat(200_000)).message, /nested/);
    assert.match(problemOf("[]").message, /between \{ and \}/);
    assert.match(problemOf('{"metrics": []}').message, /must be \{ \}/);
    assert.match(problemOf('{"cards": {}}').message, /list/);
    assert.match(problemOf('{"alerts": 5}').message, /list/);
  });

  it("keeps to 1,000 metrics and 200 alerts", () => {
    const metrics = Object.fromEntries(
      Array.from({ length: 1_001 }, (_, index) => [`m${index}`, { git: {} }]),
    );
    assert.match(problemOf(JSON.stringify({ metrics })).message, /1000 metrics/);
    const alerts = Array.from({ length: 201 }, () => ({ metric: "revenue", below: 1 }));
    assert.match(problemOf(JSON.stringify({ alerts })).message, /200 alerts/);
  });

  it("warns of unknown cards and of what is there twice", () => {
    const card = problemOf('{"cards": ["memo", "commits"]}', "warning");
    assert.match(card.message, /There is no metric "memo". Did you mean "memos"/);
    assert.match(problemOf('{"cards": ["memos", "memos"]}', "warning").message, /twice/);
    const text = '{"metrics": {"m": {"git": {}}, /* newer */ "m": {"git": {"since": "2w"}}}}';
    const twice = problemOf(text, "warning");
    assert.match(twice.message, /"m" is here twice/);
    assert.equal(applyFix(text, twice), '{"metrics": {"m": {"git": {"since": "2w"}}}}');
    assert.deepEqual(parseFusionConfig(text).config?.metrics[0]?.origin, {
      kind: "git",
      sinceMs: 1_209_600_000,
      remote: null,
    });
  });
});
