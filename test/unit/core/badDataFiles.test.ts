import assert from "node:assert/strict";
import fc from "fast-check";
import { readChatActivity } from "../../../src/core/sources/chatActivity.js";
import { parseMemoIndex } from "../../../src/core/sources/memoIndex.js";
import { parseProjectProgress } from "../../../src/core/sources/projectProgress.js";
import { parseRecommendations } from "../../../src/core/sources/recommendations.js";
import { parseRevenueSnapshot } from "../../../src/core/sources/revenueSnapshot.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { NO_JSON_NUMBERS } from "../../support/numberPlace.js";

const memos = async (text: string) => (await parseMemoIndex(text)).total;
const revenue = async (text: string) => (await parseRevenueSnapshot(text)).mrr;
const progress = async (text: string) => (await parseProjectProgress(text)).progress;
const recommendations = async (text: string) => (await parseRecommendations(text)).count;

interface Place {
  readonly name: string;
  /** The document with a value, as it is spelled, on line 3. */
  readonly around: (spelling: string) => string;
  readonly read: (text: string) => Promise<number>;
  /** What of a number written there becomes of the file's value; `null` where that is refused. */
  readonly gives: (value: number) => number | null;
}

const whole = (value: number) => (value >= 0 && Number.isInteger(value) ? value : null);
const same = (value: number) => value;

/** Every place of a built-in file where a number is due. */
const PLACES: readonly Place[] = [
  { name: "a total of memos", around: (n) => `{\n"x": 1,\n"totalMemos": ${n}\n}`, read: memos, gives: whole },
  {
    name: "a division's count",
    around: (n) => `{"divisions": [\n{"count": 0}, {\n"count": ${n}}]}`,
    read: memos,
    gives: whole,
  },
  {
    name: "a division that is a number",
    around: (n) => `{"divisions": {\n"a": 0,\n"b": ${n}}}`,
    read: memos,
    gives: whole,
  },
  { name: "MRR", around: (n) => `{\n"currency": "EUR",\n"mrr": ${n}}`, read: revenue, gives: same },
  {
    name: "MRR in a group",
    around: (n) => `{"metrics":\n{\n"monthly_recurring_revenue": ${n}}}`,
    read: revenue,
    gives: same,
  },
  { name: "progress", around: (n) => `{"projects": [\n{\n"progress": ${n}}]}`, read: progress, gives: same },
  {
    name: "tasks that are done",
    around: (n) => `{"projects": [\n{"total": 100,\n"done": ${n}}]}`,
    read: progress,
    gives: (value) => {
      const done = whole(value);
      return done === null ? null : (done / 100) * 100;
    },
  },
  {
    name: "tasks in all",
    around: (n) => `{"projects": [\n{"done": 0,\n"total": ${n}}]}`,
    read: progress,
    gives: (value) => (whole(value) ? 0 : null),
  },
];

/** A text is no number here, whatever it says. */
const NO_NUMBERS = [...NO_JSON_NUMBERS, "-9007199254740993", '"12"'];

/** Everything wrong says what to do about it. */
const ADVICE = /\. (Write|Mend|Round|Add|Count|Save|Flatten)\b.*\.$/;

async function refusalOf(read: () => Promise<unknown>, of: string): Promise<SourceError> {
  const refused = await read().then(
    (value) => assert.fail(`${of} gives ${value}`),
    (error: unknown) => error,
  );
  assert.ok(refused instanceof SourceError, `${of}: ${refused}`);
  assert.match(refused.reason, ADVICE, of);
  return refused;
}

describe("a built-in data file", () => {
  for (const { name, around, read, gives } of PLACES) {
    it(`refuses what is no number, with its line: ${name}`, async () => {
      for (const spelling of [...NO_NUMBERS, ...(name.startsWith("a division") ? [] : ["[5]"])]) {
        const { line } = await refusalOf(() => read(around(spelling)), spelling);
        assert.equal(line, 3, spelling);
      }
      for (const spelling of ["01", "+1", ".5", "NaN", "Infinity", "1_000", "0x10"]) {
        const { line } = await refusalOf(() => read(around(spelling)), spelling);
        assert.equal(line, 3, spelling);
      }
    });

    it(`takes a number exactly as it is written, or not at all: ${name}`, async () => {
      const numbers = fc.oneof(
        fc.maxSafeInteger(),
        fc.nat(1_000),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(-0, 5e-324, 2 ** 53 - 1, 2 ** 53, 1e300),
      );
      await fc.assert(
        fc.asyncProperty(numbers, async (value) => {
          const expected = Number.isInteger(value) && !Number.isSafeInteger(value) ? null : gives(value);
          const spelling = Object.is(value, -0) ? "-0" : String(value);
          if (expected === null) {
            assert.equal((await refusalOf(() => read(around(spelling)), spelling)).line, 3);
          } else {
            assert.ok(Object.is(await read(around(spelling)), expected === 0 ? 0 : expected), spelling);
          }
        }),
      );
    });

    it(`takes of a name that stands twice the last: ${name}`, async () => {
      const last = around("12").replace(/("\w+"): 12/, '$1: "x",\n$1: 12');
      assert.equal(await read(last), gives(12));
    });
  }

  const DOCUMENTS: Readonly<Record<string, (text: string) => Promise<number>>> = {
    "memo_index.json": memos,
    "revenue_snapshot.json": revenue,
    "project_progress.json": progress,
    "ERIC_recommendations.json": recommendations,
  };
  for (const [file, read] of Object.entries(DOCUMENTS)) {
    it(`of another shape is refused, and what to do is said: ${file}`, async () => {
      const bad = [
        ...["", " \n", "{}", "5", '"x"', "null", "true", "[[", '{"a": 1', "{,}"],
        ...['{"total": "x"}', '{"memos": 5}', '{"divisions": 5}', '{"divisions": {"a": {}}}'],
        ...['{"mrr": [5]}', '{"mrr": 5, "currency": "dollars"}', '{"revenue": 5}'],
        ...['{"projects": 5}', '{"projects": []}', '{"projects": [5]}', '{"projects": [{}]}'],
        ...['{"projects": [{"done": 1, "total": 0}]}', '{"recommendations": {}}'],
        ...['{"__proto__": {"total": 1, "mrr": 1, "projects": [{"progress": 1}], "recommendations": []}}'],
        "[".repeat(65) + "]".repeat(65),
        "[".repeat(1_000_000) + "]".repeat(1_000_000),
        `{"x": ${"[".repeat(64)}${"]".repeat(64)}, "total": 1, "mrr": 1, "recommendations": []}`,
      ];
      for (const text of bad) await refusalOf(() => read(text), text.slice(0, 80));
    });
  }

  it("gives no sum and no mean that cannot be kept exactly", async () => {
    await refusalOf(() => memos('{"divisions": [9007199254740991, 1]}'), "a sum");
    const large = '{"progress": 9007199254740991}';
    assert.equal(await progress(`{"projects": [${large}, ${large}, ${large}]}`), 9007199254740991);
  });

  it("names no recommendation by a number that nobody wrote", async () => {
    const { listed } = await parseRecommendations(
      '[{"id": 9007199254740993, "title": 1e400}, {"id": 1e-400, "title": "at 1e-400"}, {"id": 7}]',
    );
    assert.deepEqual(
      listed.map(({ id, title }) => [id, title]),
      [
        ["1", "Recommendation 1"],
        ["2", "at 1e-400"],
        ["7", "Recommendation 3"],
      ],
    );
  });
});

describe("the chat's activity", () => {
  const tail = { fromStart: true, longest: true, recheckInMs: null };
  const messages = (lines: readonly string[], more: Partial<typeof tail> = {}) =>
    readChatActivity({ lines, ...tail, ...more })?.metrics.chatActivity?.value;
  const HOUR_MS = 60 * 60 * 1000;
  const at = (time: number) => JSON.stringify({ timestamp: time });

  it("has no message of a time that nobody wrote", () => {
    assert.equal(messages([at(0), at(Date.now())]), 1);
    for (const timestamp of ["1e-400", "1e400", "-1", "null", "true", "[5]", '""', '"1,234"', "{}"]) {
      assert.throws(
        () => messages([at(Date.now()), `{"timestamp": ${timestamp}}`]),
        (error) => error instanceof SourceError && error.line === 2 && /\. Mend/.test(error.reason),
        timestamp,
      );
    }
  });

  it("is not 0 where what was read does not reach back a day", () => {
    const rest = { fromStart: false };
    const now = Date.now();
    for (const lines of [[], ["", ""], [at(now)], [at(now + HOUR_MS)]]) {
      assert.equal(messages(lines, { ...rest, longest: false }), undefined);
      assert.throws(() => messages(lines, rest), /more than the 64 MB/);
    }
    assert.equal(messages([at(now - 25 * HOUR_MS)], rest), 0);
    assert.equal(messages([at(now - 25 * HOUR_MS), at(now)], rest), 1);
  });
});
