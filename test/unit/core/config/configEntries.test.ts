import assert from "node:assert/strict";
import { alertProblem, mended, metricOf, metricProblem, problemOf } from "./parsedConfig.js";

describe("a metric or an alert in fusion.json", () => {
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
});
