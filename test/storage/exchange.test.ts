import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { exportPieces } from "../../src/core/history/exporter.js";
import type { History } from "../../src/core/history/history.js";
import type { HistoryFormat } from "../../src/protocol/history.js";
import { HistoryFolder, observed, textOf } from "../support/historyFolder.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");
const RANGE = { from: BEGIN, to: BEGIN + 86_400_000 };
const FORMATS: readonly HistoryFormat[] = ["csv", "json"];

describe("history's files", () => {
  let place: HistoryFolder;
  let other: HistoryFolder;
  let history: History;

  beforeEach(() => {
    place = new HistoryFolder();
    other = new HistoryFolder();
    history = place.history();
  });
  afterEach(async () => {
    await place.dispose();
    await other.dispose();
  });

  const NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "'",
    "'=1",
    'a "b", c',
    "two\r\nlines",
    " x ",
    "",
    "\0",
  ];

  for (const format of FORMATS) {
    it(`come back whole as ${format}, and a second time change nothing`, async () => {
      const values = [1, -5, 1e308, 5e-324, 0.1, null, ...NASTY];
      for (const [n, value] of values.entries()) {
        await history.record(observed(BEGIN + n * 60_000, { "=metric": value, plain: n }));
      }
      await history.record(observed(BEGIN + 7_200_000, { "=metric": 1, plain: 2 }));
      const text = await textOf(history.export(RANGE, format));
      const copy = other.history();
      // Small pieces, so that lines and characters are cut anywhere.
      const pieces = Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte));
      const report = await copy.import(pieces, format);
      assert.deepEqual([report.refusals, report.known], [[], 0]);
      assert.equal(await textOf(copy.export(RANGE, format)), text);
      for (const metric of ["=metric", "plain"]) {
        const query = { metric, ...RANGE };
        assert.deepEqual((await copy.query(query)).points, (await history.query(query)).points);
      }
      const again = await copy.import([Buffer.from(text)], format);
      assert.deepEqual([again.added, again.known, again.refused], [0, report.added, 0]);
    });
  }

  it("hold no cell that a spreadsheet calculates, and numbers as numbers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string(), fc.integer())),
        async (values) => {
          const fresh = new HistoryFolder();
          try {
            const kept = fresh.history();
            for (const [n, value] of values.entries())
              await kept.record(observed(BEGIN + n * 1_000, { "@a": value }));
            const rows: string[][] = parse(await textOf(kept.export(RANGE, "csv")));
            for (const [metric, time, kind, cell] of rows.slice(1)) {
              assert.doesNotMatch(`${metric}`, /^[=+\-@\t\r]/);
              assert.match(`${time}`, /Z$/);
              if (kind === "number") assert.equal(String(Number(cell)), cell);
              else assert.doesNotMatch(`${cell}`, /^[=+\-@\t\r]/);
            }
          } finally {
            await fresh.dispose();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("hold every change that is known still, however far back", async () => {
    const store = await place.store();
    const count = 3_000;
    for (let n = 0; n < count; n++) store.record({ at: BEGIN + n * 300_000, values: new Map([["a", n]]) });
    const now = BEGIN + count * 300_000;
    for (let hour = 0; hour <= 24; hour++) {
      while (store.maintain({ now, monotonic: hour * 3_600_000 }, 400 * 86_400_000));
    }
    const wanted = { range: { from: BEGIN, to: now }, format: "json" as const, metrics: null };
    const rows = JSON.parse([...exportPieces(store, wanted)].join("")) as { value?: number }[];
    store.close();
    assert.deepEqual(
      rows.filter(({ value }) => value !== undefined).map(({ value }) => value),
      Array.from({ length: count }, (_, n) => n),
    );
  });

  it("are not said to be taken where the database they went into is gone before their end", async () => {
    function* pieces() {
      yield Buffer.from("metric,time,kind,value\na,2025-11-08T17:00:00Z,number,1\n");
      rmSync(place.file);
      yield Buffer.from("a,2025-11-08T17:00:01Z,number,2\n");
    }
    await assert.rejects(history.import(pieces(), "csv"), /opened anew while .*Import it again/);
    const whole =
      "metric,time,kind,value\na,2025-11-08T17:00:00Z,number,1\na,2025-11-08T17:00:01Z,number,2\n";
    const again = await history.import([Buffer.from(whole)], "csv");
    assert.deepEqual([again.added, again.known, again.refused], [2, 0, 0]);
  });

  it("say which lines were refused and why, and give the rest", async () => {
    const lines = [
      "metric,time,kind,value",
      "a,2025-11-08T17:00:00Z,number,1",
      "a,yesterday,number,2",
      "a,2025-11-08T17:00:02Z,number,9007199254740993",
      "a,2025-11-08T17:00:03Z,number,1e400",
      'a,2025-11-08T17:00:04Z,text,"open',
      "a,2025-11-08T17:00:05Z,number,6",
      "a,2025-11-08T17:00:06Z",
      ",2025-11-08T17:00:07Z,number,8",
      "a,2025-11-08T17:00:08Z,colour,8",
      "a,2025-11-08T17:00:00Z,number,7",
      "a,2025-11-08T17:00:10Z,number,11",
      "a,2025-11-08T17:00:11Z,number,1e-400",
    ];
    const report = await history.import([Buffer.from(`${lines.join("\n")}\n`)], "csv");
    assert.deepEqual(
      report.refusals.map(({ line }) => line).sort((a, b) => a - b),
      [3, 4, 5, 6, 8, 9, 10, 11, 13],
    );
    assert.deepEqual([report.added, report.known, report.refused], [3, 0, 9]);
    assert.match(report.refusals.find(({ line }) => line === 3)?.reason ?? "", /"yesterday" is not a time/);
    const json = ["[", '{"metric":"b","time":"2025-11-08T17:00:00Z","value":true},', '{"metric":"b"', "]"];
    const second = await history.import([Buffer.from(json.join("\n"))], "json");
    assert.deepEqual(
      second.refusals.map(({ line }) => line),
      [2, 3],
    );
  });
});
