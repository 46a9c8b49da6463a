import assert from "node:assert/strict";
import { EventSource } from "../../../src/core/event.js";
import { Board } from "../../../src/server/ownership/board.js";
import { memoryTokenStorage } from "../../../src/server/tokenStorage.js";

describe("listeners of an event", () => {
  const fail = () => {
    throw new Error("not today");
  };

  it("are all told, whatever one of them throws, which is reported", () => {
    const reported: string[] = [];
    const source = new EventSource<number>((error) => reported.push(String(error)));
    const heard: number[] = [];
    source.subscribe(fail);
    source.subscribe((value) => heard.push(value));
    source.fire(1);
    assert.deepEqual([heard, reported], [[1], ["Error: not today"]]);
  });

  it("are all told where what one of them throws goes to whoever brought the news", async () => {
    const heard: unknown[] = [];
    const board = new Board(1);
    const { ledger } = memoryTokenStorage();
    for (const each of [board, ledger]) {
      each.onChange(fail);
      each.onChange((value?: unknown) => heard.push(value));
    }
    assert.throws(() => board.set(2), /not today/);
    await assert.rejects(
      ledger.update(() => "kept"),
      /not today/,
    );
    assert.deepEqual(heard, [2, undefined]);
  });
});
