import assert from "node:assert/strict";
import { ENGLISH, lines, linesIn, valuesIn } from "../../../support/discovery.js";

describe("what a file holds that a metric could show", () => {
  it("is every value of a JSON document, by its place", async () => {
    assert.deepEqual(
      await linesIn(
        "stats.json",
        '{"total": 17, "team": {"lead": "Ada", "since": null, "size": {"now": 4}}, "ok": true}',
      ),
      ["total: 17", "team › lead: Ada", "team › size › now: 4", "ok: true"],
    );
    assert.deepEqual(await linesIn("one.json", "42"), ["one: 42"]);
    assert.deepEqual(await linesIn("deep.json", '{"data": {"stats": {"mrr": 1}}}'), ["data.stats › mrr: 1"]);
  });

  it("is the values of JSONC, YAML and TOML", async () => {
    assert.deepEqual(await linesIn("a.jsonc", '{ // Mine.\n "a-b": 1, }'), ["a-b: 1"]);
    assert.deepEqual(await linesIn("a.yaml", "team:\n  size: 4\n  since: 2025-11-08\n"), [
      "team › size: 4",
      "team › since: 2025-11-08",
    ]);
    assert.deepEqual(await linesIn("a.toml", "[team]\nsize = 4\n"), ["team › size: 4"]);
  });

  it("is the boxes of Markdown", async () => {
    assert.deepEqual(await linesIn("ROADMAP.md", "- [x] a\n- [ ] b\n"), ["progress: 50", "count: 2"]);
    await assert.rejects(valuesIn("empty.jsonl.json", "null"), /no value in it that a card could show/);
  });

  it("is named in the words of whoever asks, in the order of their language", async () => {
    const words = {
      ...ENGLISH,
      aggregates: { ...ENGLISH.aggregates, sum: "{0} insgesamt" },
      lines: "Zeilen mit {0}",
      tasks: "Aufgaben in {0}",
    };
    const labels = async (file: string, text: string) =>
      (await valuesIn(file, text, words)).map(({ metric }) => metric.label);
    const log = await labels("app.log", "ERROR took=12ms\n");
    assert.deepEqual(log.slice(0, 3), ["Zeilen mit app", "App", "Zeilen mit ERROR"]);
    assert.ok(log.includes("Took insgesamt"), log.join());
    assert.deepEqual(await labels("ROADMAP.md", "- [x] a\n"), ["ROADMAP", "Aufgaben in ROADMAP"]);
    assert.ok((await labels("costs.csv", "amount\n5\n")).includes("Costs amount insgesamt"));
  });

  it("says no word twice in a label, and what a general word is of", async () => {
    const labels = async (file: string, text: string) =>
      (await valuesIn(file, text)).map(({ metric }) => metric.label);
    assert.deepEqual(await labels("logs/app.log", "total=17 count=5\n"), [
      "App lines",
      "App",
      "App total",
      "Total app",
      "Average app total",
      "Lowest app total",
      "Highest app total",
      "App count",
      "Total app count",
      "Average app count",
      "Lowest app count",
      "Highest app count",
    ]);
    assert.deepEqual(
      await labels("stats.json", '{"bugs": {"total": [1]}}').then(([first]) => first),
      "Bugs total",
    );
    assert.deepEqual(await labels("count.json", "[1]").then(([first]) => first), "Count");
  });

  it("is called after what it stands in where another value would be called the same", async () => {
    const labels = async (file: string, value: unknown) =>
      (await valuesIn(file, JSON.stringify(value))).map(({ metric }) => metric.label);
    const services = [
      { name: "api", latency: 12 },
      { name: "web", latency: 30 },
    ];
    assert.deepEqual(
      (await labels("services.json", { services })).filter((label) => /latency|name/i.test(label)),
      [
        "Services name",
        "Services latency",
        "Total latency",
        "Average latency",
        "Lowest latency",
        "Highest latency",
        "Api name",
        "Api latency",
        "Web name",
        "Web latency",
      ],
    );
    assert.deepEqual(await labels("a.json", { cpu: 4, prod: { cpu: 1, mem: 2 }, stage: { cpu: 2 } }), [
      "Cpu",
      "Prod cpu",
      "Mem",
      "Stage cpu",
    ]);
    assert.deepEqual(
      await labels("a.json", {
        eu: { prod: { cpu: { total: 1 } }, stage: { cpu: { total: 2 } } },
        us: { prod: { cpu: { total: 3 } } },
      }),
      ["Eu prod cpu total", "Stage cpu total", "Us prod cpu total"],
    );
    assert.deepEqual(
      (await labels("a.jsonl", { user: { age: 30 }, owner: { age: 40 } }))
        .filter((label) => /age$/.test(label))
        .slice(0, 2),
      ["User age", "User total age"],
    );
    assert.deepEqual(await labels("a.json", { openBugs: 1, open_bugs: 2 }), ["Open bugs", "Open bugs"]);
  });

  it("refuses what is not what the file's extension says", async () => {
    await assert.rejects(valuesIn("half.json", '{"a": 1'), /the file ends before/);
    await assert.rejects(valuesIn("twice.csv", "a,a\n1,2\n"), /two columns are named/);
  });

  it("finds the upper levels of a document that has very much in it, and only so much of it", async () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `n${id}`, amount: id }));
    const wide = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`key${index}`, { a: index }]),
    );
    const values = await valuesIn("large.json", JSON.stringify({ wide, rows, total: 3 }));
    assert.ok(values.length <= 1_500);
    assert.ok(lines(values).includes("total: 3"));
    assert.ok(lines(values).includes("rows count: 100000"));
  });
});
