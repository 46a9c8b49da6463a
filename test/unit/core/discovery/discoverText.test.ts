import assert from "node:assert/strict";
import { linesIn, metricIn, savedReading, valuesIn } from "../../../support/discovery.js";

describe("what text holds that a metric could show", () => {
  it("is the lines, levels and named numbers of a log", async () => {
    const text = "09:00 ERROR size=1,024 took=12ms\n09:01 INFO took=30ms users=4\n09:02 ERROR took=18ms\n";
    assert.deepEqual(
      (await linesIn("logs/app.log", text)).filter((line) => !/(sum|min|max|last): /.test(line)),
      ["count: 3", "ERROR count: 2", "INFO count: 1", "took avg: 20", "users avg: 4"],
    );
    const took = await metricIn("logs/app.log", text, "took avg: 20");
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
});
