import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { RecordedStream } from "../../../support/recordedStream.js";
import { waitFor } from "../../../support/waitFor.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");
const RANGE = { from: BEGIN, to: BEGIN + 3_600_000 };

describe("followed history", () => {
  let stream: RecordedStream;
  beforeEach(() => {
    stream = new RecordedStream();
  });
  afterEach(() => stream.dispose());

  it("records every snapshot of the stream", async () => {
    stream.follow();
    for (const value of [1, 2, 2, 3]) stream.emitAt(BEGIN + value * 60_000, { revenue: value });
    const to = BEGIN + 3 * 60_000;
    const { points } = await stream.kept.query({ metric: "revenue", from: BEGIN, to });
    assert.deepEqual(
      points.map(([, value]) => value),
      [1, 2, 3],
    );
    assert.deepEqual(await stream.kept.metrics(), ["revenue"]);
  });

  it("opens nothing before the first snapshot, and tells how it is kept after it", async () => {
    stream.follow();
    assert.equal(stream.history, null);
    stream.emitAt(BEGIN, { revenue: 1 });
    const state = await waitFor(() => stream.history);
    assert.ok(["stored", "memory"].includes(state));
    assert.equal(existsSync(stream.folder.resolve("history-a.sqlite")), state === "stored");
    assert.equal(stream.log.length, state === "memory" ? 1 : 0);
  });

  it("keeps the folders' histories apart", async () => {
    stream.follow("a");
    stream.emitAt(BEGIN, { revenue: 1 });
    stream.follow("b");
    stream.emitAt(BEGIN, { memos: 2 });
    assert.deepEqual(await stream.kept.metrics(), ["memos"]);
  });

  it("keeps the history of a folder that is followed anew", async () => {
    stream.follow("a");
    stream.emitAt(BEGIN, { revenue: 1 });
    stream.follow("a");
    assert.deepEqual(await stream.kept.metrics(), ["revenue"]);
  });

  it("refuses where no folder is followed, and after its end", async () => {
    await assert.rejects(stream.kept.metrics(), /no folder/);
    stream.follow();
    stream.emitAt(BEGIN, { revenue: 1 });
    await stream.kept.dispose();
    await assert.rejects(stream.kept.metrics());
    stream.emitAt(BEGIN, { revenue: 2 });
  });

  it("exports chosen metrics, and takes back what it exported", async () => {
    stream.follow();
    stream.emitAt(BEGIN, { revenue: 1, memos: 2 });
    const pieces: Buffer[] = [];
    for await (const piece of stream.kept.export(RANGE, "csv", ["memos"])) pieces.push(Buffer.from(piece));
    const text = Buffer.concat(pieces).toString();
    assert.match(text, /memos/);
    assert.doesNotMatch(text, /revenue/);
    const { added, refused } = await stream.kept.import(one(text), "csv");
    assert.deepEqual([added, refused], [0, 0]);
  });

  it("keeps what came before an import was broken off, and reads no line that was cut", async () => {
    stream.follow();
    stream.emitAt(BEGIN, { revenue: 1 });
    const lines =
      "metric,time,kind,value\na,2025-11-08T17:01:00Z,number,12\na,2025-11-08T17:02:00Z,number,34";
    async function* broken() {
      yield Buffer.from(lines);
      throw new Error("broken off");
    }
    await assert.rejects(stream.kept.import(broken(), "csv"), /broken off/);
    const { points } = await stream.kept.query({ metric: "a", ...RANGE });
    assert.ok(points.some(([, value]) => value === 12));
    assert.ok(!points.some(([, value]) => value === 34));
  });
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
