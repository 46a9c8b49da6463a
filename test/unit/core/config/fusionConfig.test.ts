import assert from "node:assert/strict";
import type { ConfigProblem } from "../../../../src/core/config/configProblem.js";
import { type FusionConfig, parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import type { MetricDefinition } from "../../../../src/core/config/metricDefinition.js";
import { EXAMPLE_CONFIG } from "./exampleConfig.js";

function configOf(text: string): FusionConfig {
  const { config, problems } = parseFusionConfig(text);
  assert.deepEqual(problems, []);
  assert.ok(config);
  return config;
}

function metricOf(metric: object, id = "m"): MetricDefinition {
  const [definition] = configOf(JSON.stringify({ metrics: { [id]: metric } })).metrics;
  assert.ok(definition);
  return definition;
}

/** The only problem of a text, which is an error unless told otherwise. */
function problemOf(text: string, severity = "error"): ConfigProblem {
  const { config, problems } = parseFusionConfig(text);
  const [problem, ...more] = problems;
  assert.ok(problem, text);
  assert.deepEqual(more, []);
  assert.equal(problem.severity, severity);
  assert.equal(config === null, severity === "error");
  return problem;
}

function metricProblem(metric: unknown): ConfigProblem {
  return problemOf(JSON.stringify({ metrics: { m: metric } }));
}

function alertProblem(alert: unknown, severity = "error"): ConfigProblem {
  return problemOf(JSON.stringify({ alerts: [alert] }), severity);
}

function applyFix(text: string, { fix }: ConfigProblem): string {
  assert.ok(fix);
  return text.slice(0, fix.offset) + fix.text + text.slice(fix.offset + fix.length);
}

/** What stands at a problem's place once its fix is applied to a metric. */
function mended(metric: object): unknown {
  const text = JSON.stringify({ metrics: { m: metric } });
  const fixed = applyFix(text, metricProblem(metric));
  assert.deepEqual(parseFusionConfig(fixed).problems, [], fixed);
  return JSON.parse(fixed).metrics.m;
}

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

  it("takes slips of the finger for what was meant", () => {
    assert.deepEqual(mended({ file: "a.csv", column: "x", agregate: "sum" }), {
      file: "a.csv",
      column: "x",
      aggregate: "sum",
    });
    assert.deepEqual(mended({ file: "a.json", aggregate: "average" }), { file: "a.json", aggregate: "avg" });
    assert.deepEqual(mended({ file: "a.json", format: "precent" }), { file: "a.json", format: "percent" });
    assert.deepEqual(mended({ path: "a.json", label: "A" }) as object, { file: "a.json", label: "A" });
    assert.deepEqual(mended({ file: "a.json", scale: "2" }), { file: "a.json", scale: 2 });
    assert.deepEqual(mended({ file: "a.json", label: 5 }), { file: "a.json", label: "5" });
    assert.deepEqual(mended({ git: { since: "7 Days" } }), { git: { since: "7d" } });
    assert.deepEqual(mended({ git: "7d" }), { git: { since: "7d" } });
    assert.deepEqual(mended({ git: { origin: "up" } }), { git: { remote: "up" } });
    assert.deepEqual(mended({ git: { remote: true } }), { git: { remote: "origin" } });
    assert.deepEqual(mended({ git: { remote: "https://github.com/a/b" } }), { git: { remote: "origin" } });
    assert.deepEqual(mended({ file: "memos/*.md" }), { files: "memos/*.md" });
    assert.deepEqual(mended({ file: "a.md", aggregate: "sum" }), { file: "a.md", aggregate: "progress" });
    assert.deepEqual(mended({ files: "*.md", aggregate: "sum" }), { files: "*.md", aggregate: "count" });
    assert.match(metricProblem({ file: "a.json", zzzzzz: 1 }).message, /Use "file", .* or "icon"/);
  });

  it("asks for exactly one source that fits what is read of it", () => {
    assert.match(metricProblem({ label: "x" }).message, /where its value comes from/);
    assert.match(metricProblem({ file: "a.json", url: "https://a.b" }).message, /cannot stand beside "file"/);
    assert.match(metricProblem({ file: "a.json", column: "x" }).message, /tables.*Use "query"/);
    assert.match(metricProblem({ file: "a.json", match: "x" }).message, /plain text.*Use "query"/);
    assert.match(metricProblem({ file: "a.txt", query: "x" }).message, /Use "match"/);
    assert.match(metricProblem({ file: "a.md", match: "x" }).message, /remove "match"/);
    assert.match(metricProblem({ file: "a.csv", column: "x", query: "y" }).message, /beside/);
    assert.match(metricProblem({ file: "a.csv" }).message, /Say which "column"/);
    assert.match(metricProblem({ git: {}, query: "x" }).message, /counts commits/);
    assert.match(metricProblem({ url: "https://a.b", match: "x" }).message, /for files/);
    assert.match(metricProblem(5).message, /between \{ and \}/);
  });

  it("reads no path outside of the folder", () => {
    for (const file of [
      "../a.json",
      "a/../../b.json",
      "/etc/passwd",
      "C:/a.json",
      "~/a.json",
      "\\\\host\\a",
    ]) {
      assert.match(metricProblem({ file }).message, /workspace folder/, file);
    }
    assert.deepEqual(mended({ file: "data\\bugs.json" }), { file: "data/bugs.json" });
    assert.match(metricProblem({ file: "https://a.b/c.json" }).message, /address/);
    assert.match(metricProblem({ file: "data/" }).message, /folder/);
    assert.match(metricProblem({ file: "a\u0000.json" }).message, /control/);
    assert.match(metricProblem({ files: "../**" }).message, /leaves/);
    const { origin } = metricOf({ file: "./data//b..c.json" });
    assert.equal(origin.kind === "file" && origin.file, "data/b..c.json");
  });

  it("takes https, and http on this machine", () => {
    for (const url of [
      "https://a.b/c?d",
      "http://localhost:3000/x",
      "http://127.0.0.1/",
      "http://[::1]:80/",
    ]) {
      assert.equal(metricOf({ url }).origin.kind, "url");
    }
    assert.deepEqual(mended({ url: "http://example.com/a" }), { url: "https://example.com/a" });
    for (const url of [
      "ftp://a.b",
      "file:///etc/passwd",
      "http://localhost.evil.com",
      "http://127.0.0.1.evil.com",
    ]) {
      assert.match(metricProblem({ url }).message, /https/, url);
    }
    assert.match(metricProblem({ url: "https://user:secret@a.b" }).message, /password/);
    assert.match(metricProblem({ url: "stats" }).message, /no address/);
  });

  it("checks expressions before anything is read with them", () => {
    for (const query of [
      "a[",
      "a.b.",
      "length(x",
      "a ~ b",
      "a=",
      "`{`",
      "lenght(a)",
      "[?nope(a)]",
      "{a: b.}",
    ]) {
      assert.match(
        metricProblem({ file: "a.json", query }).message,
        /"query" is not valid: .*Examples/,
        query,
      );
    }
    assert.match(metricProblem({ file: "a.json", query: "lenght(a)" }).message, /lenght/);
    for (const query of ["a[::2]", "a[*].b", "sort_by(a, &b)[-1]", "{a: b, c: [d, e]}", "@", "a | b || !c"]) {
      metricOf({ file: "a.json", query });
    }
    assert.match(metricProblem({ file: "a.log", match: "(" }).message, /not valid: .*group/i);
  });

  it("checks how values are shown", () => {
    const file = "a.json";
    assert.match(metricProblem({ file, scale: 0 }).message, /0/);
    assert.match(problemOf('{"metrics":{"m":{"file":"a.json","scale":1e400}}}').message, /too large/);
    for (const decimals of [-1, 1.5, 21]) assert.match(metricProblem({ file, decimals }).message, /0 to 20/);
    assert.deepEqual(mended({ file, format: "currency", unit: "€" }), {
      file,
      format: "currency",
      unit: "EUR",
    });
    assert.deepEqual(mended({ file, format: "currency", unit: "usd" }), {
      file,
      format: "currency",
      unit: "USD",
    });
    assert.match(metricProblem({ file, format: "currency", unit: "dollars" }).message, /three letters/);
    assert.equal(metricOf({ file, format: "currency" }).display.unit, null);
    assert.equal(metricOf({ file, unit: "", prefix: "~ " }).display.unit, null);
    assert.match(metricProblem({ file, label: null }).message, /text in double quotes/);
  });

  it("checks alerts", () => {
    const metric = "revenue";
    assert.match(alertProblem({ below: 5 }).message, /what it watches/);
    assert.match(alertProblem({ metric }).message, /when it fires/);
    assert.match(alertProblem({ metric, below: 5, above: 6 }).message, /two alerts/);
    assert.match(alertProblem({ metric, below: 5, clearAbove: 4 }).message, /at least 5/);
    assert.match(alertProblem({ metric, above: 5, clearBelow: 6 }).message, /at most 5/);
    assert.match(
      alertProblem({ metric, below: 5, within: "1h" }).message,
      /goes with "risesBy" or "fallsBy"/,
    );
    assert.match(alertProblem({ metric, noDataFor: "1h", for: "1h" }).message, /goes with/);
    assert.match(alertProblem({ metric, becomes: true }).message, /text in double quotes/);
    for (const risesBy of [0, -5, "5", "0%", "x", null]) {
      assert.match(alertProblem({ metric, risesBy }).message, /above 0/);
    }
    for (const noDataFor of ["0s", "10", 10, "1y", "99999d", ""]) {
      assert.match(alertProblem({ metric, noDataFor }).message, /such as "30s"/);
    }
    assert.match(alertProblem({ metric, below: 5, severity: "warn" }).message, /mean "warning"/);
    assert.match(alertProblem({ metric: "revenu", below: 5 }, "warning").message, /mean "revenue"/);
    assert.match(alertProblem("revenue").message, /Describe the alert/);
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
