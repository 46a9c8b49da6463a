import assert from "node:assert/strict";
import { linesIn, metricIn, valuesIn } from "../../../support/discovery.js";

describe("what lists and tables hold that a metric could show", () => {
  it("is what can be made of a list, of its kinds of items, and of each that has a name", async () => {
    const text = JSON.stringify({
      items: [
        { id: "a", state: "open", hours: 2, done: true, tags: ["x", "y"] },
        { id: "b", state: "open", hours: 4, done: false, tags: ["x"] },
        { id: "c", state: "closed", hours: 9, done: true, tags: [] },
      ],
    });
    assert.deepEqual(await linesIn("bugs.json", text), [
      "items count: 3",
      "items › id last: c",
      "items › state last: closed",
      "items › state = open count: 2",
      "items › state = closed count: 1",
      "items › hours last: 9",
      "items › hours sum: 15",
      "items › hours avg: 5",
      "items › hours min: 2",
      "items › hours max: 9",
      "items › done progress: 66.7",
      "items › done = true count: 2",
      "items › tags count: 3",
      ...["a", "b", "c"].flatMap((id, index) => [
        `items › ${id} › id: ${id}`,
        `items › ${id} › state: ${["open", "open", "closed"][index]}`,
        `items › ${id} › hours: ${[2, 4, 9][index]}`,
        `items › ${id} › done: ${[true, false, true][index]}`,
        `items › ${id} › tags count: ${[2, 1, 0][index]}`,
        ...(index < 2 ? [`items › ${id} › tags last: ${["y", "x"][index]}`] : []),
      ]),
    ]);
    const open = await metricIn("bugs.json", text, "items › state = open count: 2");
    assert.equal(open?.label, "Open items");
    assert.deepEqual(open?.selection.query, "items[?state=='open']");
    const hours = await metricIn("bugs.json", text, "items › b › hours: 4");
    assert.equal(hours?.selection.query, "items[?id=='b'] | [0].hours");
  });

  it("names a root list by its file", async () => {
    const text = '[{"state": "open"}, {"state": "open"}, {"state": "closed"}]';
    const open = await metricIn("reports/bugs.json", text, "state = open count: 2");
    assert.equal(open?.label, "Open bugs");
    assert.equal(open?.selection.query, "[?state=='open']");
  });

  it("is the columns of a table, and its rows by kind", async () => {
    const text = "month;rate;plan\nMay;2.5;pro\nJune;4.5;pro\nJuly;;free\n";
    assert.deepEqual(await linesIn("churn.csv", text), [
      "count: 3",
      "month last: July",
      "rate last: 4.5",
      "rate avg: 3.5",
      "rate min: 2.5",
      "rate max: 4.5",
      "plan last: free",
      "plan = pro count: 2",
      "plan = free count: 1",
    ]);
    const rate = await metricIn("churn.csv", text, "rate last: 4.5");
    assert.equal(rate?.format, "percent");
    assert.deepEqual([rate?.selection.column, rate?.selection.query], ["rate", null]);
    assert.deepEqual(await linesIn("odd.tsv", "a b\t\n1\t2\n"), [
      "count: 1",
      "a b last: 1",
      "a b sum: 1",
      "a b avg: 1",
      "a b min: 1",
      "a b max: 1",
    ]);
  });

  it("is the fields of lines of JSON, damaged ones left out", async () => {
    const text =
      '{"level":"error","user":{"age":30}}\nbroken\n{"level":"info"}\n{"level":"error","user":{"age":40}}\n';
    assert.deepEqual(await linesIn("events.jsonl", text), [
      "count: 3",
      "level last: error",
      "level = error count: 2",
      "level = info count: 1",
      "user.age last: 40",
      "user.age sum: 70",
      "user.age avg: 35",
      "user.age min: 30",
      "user.age max: 40",
    ]);
  });

  it("is no column whose name is longer than fusion.json takes", async () => {
    const names = ["c".repeat(501), "short"];
    const values = await valuesIn("wide.csv", `${names.join(",")}\n1,2\n`);
    assert.deepEqual([...new Set(values.map(({ name }) => name))], [null, "short"]);
  });

  it("is the likeliest of every field where there are many", async () => {
    const names = Array.from({ length: 90 }, (_, index) => `c${index + 1}`);
    const row = Object.fromEntries(names.map((name, index) => [name, index]));
    const texts = {
      "a.csv": `${names.join(",")}\n${names.map((_, index) => index).join(",")}\n`,
      "a.json": JSON.stringify([row, row]),
      "a.jsonl": `${JSON.stringify(row)}\n`,
    };
    for (const [file, text] of Object.entries(texts)) {
      const all = await linesIn(file, text);
      for (const [index, name] of names.entries()) assert.ok(all.includes(`${name} last: ${index}`), name);
      assert.ok(all.includes("c1 sum: 0"), file);
      assert.ok(!all.some((line) => line.startsWith("c90 max")), file);
    }
  });

  it("is no column of a table whose thousands would be read as decimals", async () => {
    const columns = async (file: string, text: string) => [
      ...new Set((await valuesIn(file, text)).map(({ name }) => name)),
    ];
    const text = "Umsatz;Kunden;Anteil\n1.234,50;1.200;0.5\n99,00;987;0.25\n2.000,00;1.050;1\n";
    assert.deepEqual(await columns("umsatz.csv", text), [null, "Umsatz", "Anteil"]);
    assert.deepEqual(await columns("u.tsv", text.replaceAll(";", "\t")), [null, "Umsatz", "Anteil"]);
    assert.deepEqual(await columns("a.csv", "a;b\nx;1.200\ny;1.050\n"), [null, "a", "b"]);
    assert.deepEqual(await columns("a.csv", 'a,b\n"1,2",1.200\n"3",1.050\n'), [null, "a", "b"]);
  });

  it("is as it is written where some of a field's numbers are written as texts", async () => {
    const text = 'price\n"1,249.00"\n49.00\n';
    assert.deepEqual(await linesIn("a.csv", text), ["count: 2", "price last: 49"]);
    const price = await metricIn("a.csv", text, "price last: 49");
    assert.deepEqual([price?.format, price?.unit], [null, null]);
    assert.equal((await metricIn("a.csv", "price\nn/a\n49.00\n", "price last: 49"))?.format, "currency");
  });

  it("is told by the last rows of a long table", async () => {
    const old = Array.from({ length: 300 }, () => "n/a,0\n").join("");
    const all = await linesIn("a.csv", `state,rate\n${old}${"open,0.5\n".repeat(250)}`);
    assert.ok(all.includes("state = open count: 250"), all.join());
    assert.ok(!all.some((line) => line.includes("n/a")), all.join());
  });

  it("is the first of each field too where the newest come first", async () => {
    const newest = "day,users\n2025-11-03,9\n2025-11-02,7\n2025-11-01,5\n";
    const oldest = "day,users\n2025-11-01,5\n2025-11-02,7\n";
    const ofUsers = async (text: string) =>
      (await linesIn("a.csv", text)).filter((line) => /(first|last)/.test(line));
    assert.deepEqual(await ofUsers(newest), [
      "day first: 2025-11-03",
      "day last: 2025-11-01",
      "users first: 9",
      "users last: 5",
    ]);
    assert.deepEqual(await ofUsers(oldest), ["day last: 2025-11-02", "users last: 7"]);
    const epochs = JSON.stringify([{ ts: 1_764_300_005 }, { ts: 1_764_300_000 }]);
    assert.ok((await linesIn("a.json", epochs)).includes("ts first: 1764300005"));
  });
});
