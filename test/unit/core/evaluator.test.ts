import assert from "node:assert/strict";
import { Evaluator } from "../../../src/core/sources/evaluator.js";
import { LateEvaluationError, SourceError } from "../../../src/core/sources/sourceError.js";
import { WORKER_SCRIPT } from "../../support/folderStream.js";

const nothing = { query: null, column: null, match: null };

describe("evaluator", () => {
  let evaluator: Evaluator;

  beforeEach(() => {
    evaluator = new Evaluator(WORKER_SCRIPT, 1_000);
  });
  afterEach(() => evaluator.dispose());

  const whole = (text: string, query: string) =>
    evaluator.evaluate({
      kind: "whole",
      format: "json",
      bytes: Buffer.from(text),
      selections: [{ ...nothing, query, aggregate: "last" }],
    });
  const lines = (text: string, match: string) =>
    evaluator.evaluate({
      kind: "lines",
      format: "text",
      bytes: Buffer.from(text),
      encoding: "utf-8",
      selections: [{ ...nothing, match, aggregate: "count" }],
      states: null,
      linesBefore: 0,
      complete: text.length,
      lastLineCounts: false,
    });

  it("evaluates away from the event loop, one after another", async () => {
    const [first, second] = await Promise.all([whole('{"a": 1}', "a"), whole('{"a": [1, 2]}', "length(a)")]);
    assert.deepEqual(
      [first.values[0]?.ok && first.values[0].value, second.values[0]?.ok && second.values[0].value],
      [1, 2],
    );
  });

  it("says what is wrong with the content", async () => {
    await assert.rejects(
      whole('{"a": ', "a"),
      (error) => error instanceof SourceError && /a value is missing/.test(error.reason),
    );
  });

  it("gives up an expression that would run for ever, and goes on with the next", async () => {
    const endless = lines(`${"a".repeat(50)}!\n`, "^(a+)+$");
    const next = lines("level=error\nlevel=info\n", "level=error");
    await assert.rejects(
      endless,
      (error) =>
        error instanceof LateEvaluationError && /more than 1 s.*simplify its query/.test(error.reason),
    );
    const [value] = (await next)?.values ?? [];
    assert.deepEqual(value?.ok && value.value, 1);
  });

  it("leaves the event loop free meanwhile", async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await assert.rejects(lines(`${"a".repeat(50)}!\n`, "^(a+)+$"), SourceError);
    clearInterval(ticking);
    assert.ok(ticks > 20, `${ticks} ticks in a second`);
  });
});
