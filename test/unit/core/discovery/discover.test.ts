import assert from "node:assert/strict";
import { ENGLISH, lines, savedReading, valuesIn } from "../../../support/discovery.js";

describe("what a file holds that a metric could show", () => {
  const found = async (file: string, text: string) => lines(await valuesIn(file, text));
  const metricOf = async (file: string, text: string, line: string) => {
    const values = await valuesIn(file, text);
    const index = lines(values).indexOf(line);
    assert.ok(index >= 0, `${line} is among\n${lines(values).join("\n")}`);
    return values[index]?.metric;
  };

  it("is every value of a JSON document, by its place", async () => {
    assert.deepEqual(
      await found(
        "stats.json",
        '{"total": 17, "team": {"lead": "Ada", "since": null, "size": {"now": 4}}, "ok": true}',
      ),
      ["total: 17", "team › lead: Ada", "team › size › now: 4", "ok: true"],
    );
    assert.deepEqual(await found("one.json", "42"), ["one: 42"]);
    assert.deepEqual(await found("deep.json", '{"data": {"stats": {"mrr": 1}}}'), ["data.stats › mrr: 1"]);
  });

  it("is what can be made of a list, of its kinds of items, and of each that has a name", async () => {
    const text = JSON.stringify({
      items: [
        { id: "a", state: "open", hours: 2, done: true, tags: ["x", "y"] },
        { id: "b", state: "open", hours: 4, done: false, tags: ["x"] },
        { id: "c", state: "closed", hours: 9, done: true, tags: [] },
      ],
    });
    assert.deepEqual(await found("bugs.json", text), [
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
    const open = await metricOf("bugs.json", text, "items › state = open count: 2");
    assert.equal(open?.label, "Open items");
    assert.deepEqual(open?.selection.query, "items[?state=='open']");
    const hours = await metricOf("bugs.json", text, "items › b › hours: 4");
    assert.equal(hours?.selection.query, "items[?id=='b'] | [0].hours");
  });

  it("names a root list by its file", async () => {
    const text = '[{"state": "open"}, {"state": "open"}, {"state": "closed"}]';
    const open = await metricOf("reports/bugs.json", text, "state = open count: 2");
    assert.equal(open?.label, "Open bugs");
    assert.equal(open?.selection.query, "[?state=='open']");
  });

  it("is the columns of a table, and its rows by kind", async () => {
    const text = "month;rate;plan\nMay;2.5;pro\nJune;4.5;pro\nJuly;;free\n";
    assert.deepEqual(await found("churn.csv", text), [
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
    const rate = await metricOf("churn.csv", text, "rate last: 4.5");
    assert.equal(rate?.format, "percent");
    assert.deepEqual([rate?.selection.column, rate?.selection.query], ["rate", null]);
    assert.deepEqual(await found("odd.tsv", "a b\t\n1\t2\n"), [
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
    assert.deepEqual(await found("events.jsonl", text), [
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

  it("is the values of JSONC, YAML and TOML", async () => {
    assert.deepEqual(await found("a.jsonc", '{ // Mine.\n "a-b": 1, }'), ["a-b: 1"]);
    assert.deepEqual(await found("a.yaml", "team:\n  size: 4\n  since: 2025-11-08\n"), [
      "team › size: 4",
      "team › since: 2025-11-08",
    ]);
    assert.deepEqual(await found("a.toml", "[team]\nsize = 4\n"), ["team › size: 4"]);
  });

  it("is the boxes of Markdown", async () => {
    assert.deepEqual(await found("ROADMAP.md", "- [x] a\n- [ ] b\n"), ["progress: 50", "count: 2"]);
    await assert.rejects(valuesIn("empty.jsonl.json", "null"), /no value in it that a card could show/);
  });

  it("is the lines, levels and named numbers of a log", async () => {
    const text = "09:00 ERROR size=1,024 took=12ms\n09:01 INFO took=30ms users=4\n09:02 ERROR took=18ms\n";
    assert.deepEqual(
      (await found("logs/app.log", text)).filter((line) => !/(sum|min|max|last): /.test(line)),
      ["count: 3", "ERROR count: 2", "INFO count: 1", "took avg: 20", "users avg: 4"],
    );
    const took = await metricOf("logs/app.log", text, "took avg: 20");
    assert.equal(took?.label, "Average took");
  });

  it("is no part of a log's number", async () => {
    const text = "amount=3,5 price=1.234,56 sum=1'234 load=.5 a=1,b=2\n";
    assert.deepEqual(
      [...new Set((await valuesIn("app.log", text)).map(({ name }) => name))],
      [null, "a", "b"],
    );
  });

  it("is a share of the same measure in all lines, and no sum of shares or moments", async () => {
    const text = "error_rate=0.02 ts=1764300000\nerror_rate=0 ts=1764300060\n";
    const found = await valuesIn("app.log", text);
    const of = (wanted: string) => found.filter(({ name }) => name === wanted);
    assert.deepEqual(
      of("error_rate").map(({ aggregate, metric: { format, scale } }) => [aggregate, format, scale]),
      ["last", "avg", "min", "max"].map((aggregate) => [aggregate, "percent", 100]),
    );
    assert.deepEqual(
      of("ts").map(({ aggregate, metric: { format, scale } }) => [aggregate, format, scale]),
      ["last", "min", "max"].map((aggregate) => [aggregate, "date", 1000]),
    );
  });

  it("is of one unit, and no part of a moment, a duration or an id", async () => {
    const text = `time=2025-11-08T17:40:38+01:00 at=17:40 duration=850ms size=12kb trace=7f3a9b took=1m30s
duration=1.2s cpu=93% cost=12.5€ n=3, v=1.2-beta id=12x
duration=42ms size=3mb paid=3EUR size=9
`;
    const averages = (await valuesIn("app.log", text)).filter(({ aggregate }) => aggregate === "avg");
    assert.deepEqual(
      averages.map(({ name, metric: { label, value, format, unit, scale } }) => [
        name,
        label,
        value,
        format,
        unit,
        scale,
      ]),
      [
        ["duration ms", "Average duration ms", 446, null, "ms", 1],
        ["duration s", "Average duration s", 1.2, "duration", null, 1],
        ["size kb", "Average size kb", 12, "bytes", null, 1024],
        ["size mb", "Average size mb", 3, "bytes", null, 1024 ** 2],
        ["size", "Average app size", 9, null, null, 1],
        ["cpu", "Average cpu", 93, "percent", null, 1],
        ["cost", "Average cost", 12.5, "currency", "EUR", 1],
        ["n", "Average n", 3, null, null, 1],
        ["paid", "Average paid", 3, "currency", "EUR", 1],
      ],
    );
    for (const average of averages) {
      assert.equal(await savedReading("app.log", text, average), average.metric.value);
    }
    const dates = await valuesIn(".env", "DATE=2025-11-08\n");
    assert.deepEqual([...new Set(dates.map(({ name }) => name))], [null]);
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

  it("is an amount in what stands beside it, also where that is no currency to fusion.json", async () => {
    const text = '{"wallet": {"currency": "BTC", "balance": 2}, "till": {"currency": "EUR", "balance": 4}}';
    const balances = (await valuesIn("money.json", text)).filter(({ name }) => name === "balance");
    assert.deepEqual(
      balances.map(({ metric: { format, unit } }) => [format, unit]),
      [
        [null, "BTC"],
        ["currency", "EUR"],
      ],
    );
    for (const balance of balances)
      assert.equal(await savedReading("money.json", text, balance), balance.metric.value);
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
      const all = await found(file, text);
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
    assert.deepEqual(await found("a.csv", text), ["count: 2", "price last: 49"]);
    const price = await metricOf("a.csv", text, "price last: 49");
    assert.deepEqual([price?.format, price?.unit], [null, null]);
    assert.equal((await metricOf("a.csv", "price\nn/a\n49.00\n", "price last: 49"))?.format, "currency");
  });

  it("is told by the last rows of a long table", async () => {
    const old = Array.from({ length: 300 }, () => "n/a,0\n").join("");
    const all = await found("a.csv", `state,rate\n${old}${"open,0.5\n".repeat(250)}`);
    assert.ok(all.includes("state = open count: 250"), all.join());
    assert.ok(!all.some((line) => line.includes("n/a")), all.join());
  });

  it("is the first of each field too where the newest come first", async () => {
    const newest = "day,users\n2025-11-03,9\n2025-11-02,7\n2025-11-01,5\n";
    const oldest = "day,users\n2025-11-01,5\n2025-11-02,7\n";
    const ofUsers = async (text: string) =>
      (await found("a.csv", text)).filter((line) => /(first|last)/.test(line));
    assert.deepEqual(await ofUsers(newest), [
      "day first: 2025-11-03",
      "day last: 2025-11-01",
      "users first: 9",
      "users last: 5",
    ]);
    assert.deepEqual(await ofUsers(oldest), ["day last: 2025-11-02", "users last: 7"]);
    const epochs = JSON.stringify([{ ts: 1_764_300_005 }, { ts: 1_764_300_000 }]);
    assert.ok((await found("a.json", epochs)).includes("ts first: 1764300005"));
  });

  it("shows values by their names: money, percent, bytes, times and dates", async () => {
    const text = JSON.stringify({
      currency: "EUR",
      mrr: 12450,
      price_usd: 3,
      churnRate: 0.045,
      progressPercent: 12,
      diskMb: 3,
      latencyMs: 12,
      uptime: 90,
      updatedAt: 1_762_623_638,
      createdAt: "2025-11-08T17:40:38Z",
      note: "as it is",
    });
    const shown = (await valuesIn("stats.json", text)).map(({ name, metric: { format, unit, scale } }) =>
      [name, format, unit, scale].join(" "),
    );
    assert.deepEqual(shown, [
      "currency   1",
      "mrr currency EUR 1",
      "price_usd currency USD 1",
      "churnRate percent  100",
      "progressPercent percent  1",
      "diskMb bytes  1048576",
      "latencyMs  ms 1",
      "uptime duration  1",
      "updatedAt date  1000",
      "createdAt date  1",
      "note   1",
    ]);
  });

  it("is an amount in the currency that its name ends with, and none where its name ends with another thing", async () => {
    const displays = async (value: object) =>
      (await valuesIn("stats.json", JSON.stringify(value))).map(
        ({ name, metric: { format, unit, scale } }) => `${name} ${format} ${unit} ${scale}`,
      );
    assert.deepEqual(
      await displays({
        currency: "EUR",
        price_krw: 1200,
        revenueBRL: 12,
        cost_cny: 7,
        price_mxn: 20,
        salary_huf: 9,
        amount_clp: 3,
        cost_all: 4,
        fee: 2,
      }).then((all) => all.slice(1)),
      [
        "price_krw currency KRW 1",
        "revenueBRL currency BRL 1",
        "cost_cny currency CNY 1",
        "price_mxn currency MXN 1",
        "salary_huf currency HUF 1",
        "amount_clp currency CLP 1",
        "cost_all currency EUR 1",
        "fee currency EUR 1",
      ],
    );
    assert.deepEqual(
      await displays({
        price_count: 4,
        revenue_growth: 0.12,
        profit_margin: 0.3,
        fee_rate: 250,
        invoice_number: 17,
        krw: 5,
        budget_share: 0.4,
      }),
      [
        "price_count null null 1",
        "revenue_growth null null 1",
        "profit_margin null null 1",
        "fee_rate null null 1",
        "invoice_number null null 1",
        "krw null null 1",
        "budget_share percent null 100",
      ],
    );
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
