import assert from "node:assert/strict";
import { exportPieces } from "../../../../src/core/history/exporter.js";
import { Importer } from "../../../../src/core/history/importer.js";
import { MemoryStore } from "../../../../src/core/history/memoryStore.js";
import type { HistoryFormat } from "../../../../src/protocol/history.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");
const RANGE = { from: BEGIN, to: BEGIN + 1_000 };

function taken(text: string, format: HistoryFormat) {
  const store = new MemoryStore();
  const importer = new Importer(format);
  importer.push(store, Buffer.from(text), true);
  return { values: valuesOf(store), report: importer.report };
}

/** Every value that is kept, with its metric and its time. */
function valuesOf(store: MemoryStore): string[] {
  return store.metrics().flatMap((id) => {
    const points = store.metric(id)?.page(RANGE.from, RANGE.to + 1, 100) ?? [];
    return points.map(([at, value]) => JSON.stringify([id, at, value]));
  });
}

describe("an import", () => {
  const store = new MemoryStore();
  store.record({
    at: RANGE.from,
    values: new Map<string, number | string>([
      ["a", 12_450],
      ["b", "two words"],
    ]),
  });
  store.record({
    at: RANGE.to,
    values: new Map<string, number | string>([
      ["a", 1e21],
      ["b", "=1"],
    ]),
  });

  for (const format of ["csv", "json"] as const) {
    it(`takes no value that was never kept from ${format} that was cut off anywhere`, () => {
      const text = [...exportPieces(store, { range: RANGE, format, metrics: null })].join("");
      const whole = valuesOf(store);
      assert.deepEqual(taken(text, format).values, whole);
      for (let end = 0; end < text.length; end++) {
        const { values } = taken(text.slice(0, end), format);
        assert.deepEqual(
          values,
          whole.filter((value) => values.includes(value)),
          `cut at ${end}`,
        );
      }
    });
  }

  it("tells of a last line that may be cut off, and takes all before it", () => {
    const lines = "metric,time,kind,value\na,2025-11-08T17:00:00Z,number,1\na,2025-11-08T17:00:01Z,number,12";
    const { values, report } = taken(lines, "csv");
    assert.deepEqual([values.length, report.added, report.refused], [1, 1, 1]);
    assert.equal(report.refusals[0]?.line, 3);
    assert.match(report.refusals[0]?.reason ?? "", /may be cut off\. If it is whole, add a line break/);
    assert.equal(taken(`${lines}\n`, "csv").report.added, 2);
    assert.equal(taken(`${lines}\n  `, "csv").report.refused, 0);
  });

  it("tells once of a list that does not end, and takes the rows that are whole", () => {
    const rows = [1, 2].map(
      (value) => `{"metric":"a","time":"2025-11-08T17:00:0${value}Z","value":${value}}`,
    );
    const list = `[\n${rows.join("\n,")}\n]`;
    for (const whole of [list, `${list}\n`, `[${rows.join(",")}]`, rows.join("\n")])
      assert.deepEqual(
        [taken(whole, "json").report.added, taken(whole, "json").report.refused],
        [2, 0],
        whole,
      );
    for (const [cut, added, line] of [
      ["[", 0, 1],
      [list.slice(0, 20), 0, 2],
      [list.slice(0, -2), 2, 3],
      [list.slice(0, -1), 2, 3],
      [list.slice(0, -4), 1, 3],
    ] as const) {
      const { report } = taken(cut, "json");
      assert.deepEqual([report.added, report.refusals.map((refusal) => refusal.line)], [added, [line]], cut);
      assert.match(report.refusals[0]?.reason ?? "", /list does not end: the file may be cut off/);
    }
  });

  it("takes no time for another one", () => {
    const impossible = ["2025-02-30T17:00:00Z", "2025-02-29T17:00:00.000+02:00", "2025-11-31T17:00Z"];
    const lines = impossible.map((time) => `a,${time},number,1\n`);
    const { report } = taken(
      `metric,time,kind,value\n${lines.join("")}a,2024-02-29T17:00Z,number,1\n`,
      "csv",
    );
    assert.deepEqual([report.added, report.refused], [1, 3]);
  });
});
