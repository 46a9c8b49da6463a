import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify as toToml } from "smol-toml";
import { stringify as toYaml } from "yaml";
import type { Selection } from "../../../src/core/config/metricDefinition.js";
import { extract } from "../../../src/core/formats/extract.js";
import type { FileFormat } from "../../../src/core/formats/fileFormat.js";
import { isExact } from "../../../src/core/formats/scalar.js";
import { evaluate } from "../../../src/core/sources/evaluate.js";
import type {
  Evaluated,
  EvaluationOf,
  EvaluationTask,
  LinesTask,
  LogDataTask,
  LogReading,
  WholeTask,
} from "../../../src/core/sources/evaluation.js";
import { parseMemoIndex } from "../../../src/core/sources/memoIndex.js";
import { parseProjectProgress } from "../../../src/core/sources/projectProgress.js";
import { parseRecommendations } from "../../../src/core/sources/recommendations.js";
import { parseRevenueSnapshot } from "../../../src/core/sources/revenueSnapshot.js";
import type { MetricReading } from "../../../src/core/sources/source.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { decodeText, detectEncoding } from "../../../src/core/sources/textEncoding.js";
import { AGGREGATES } from "../../../src/protocol/origin.js";

/** What a reader found: every value, every line. */
interface Found {
  readonly values: readonly unknown[];
  readonly lines: readonly (number | null)[];
}

interface Reader {
  readonly name: string;
  readonly read: (bytes: Uint8Array) => Promise<Found>;
  /** Documents that it takes; parts of them make up those that it may not take. */
  readonly good: readonly string[];
}

const SELECTIONS: readonly Selection[] = AGGREGATES.flatMap((aggregate) =>
  [
    { query: null, column: null, match: null },
    { query: "n", column: null, match: null },
    { query: "[].n", column: null, match: null },
    { query: null, column: "n", match: null },
    { query: null, column: null, match: "n=(\\S+)" },
  ].map((where) => ({ ...where, aggregate })),
);

function metricsOf(format: FileFormat) {
  return async (bytes: Uint8Array): Promise<Found> => {
    const values = await valuesOf(format, bytes);
    return {
      values: values.flatMap((each) => (each.ok ? [each.value] : [])),
      lines: values.map(({ line }) => line),
    };
  };
}

/** What is evaluated, as the evaluator types it. */
async function evaluated<Task extends EvaluationTask>(task: Task): Promise<EvaluationOf<Task>> {
  return (await evaluate(task)) as EvaluationOf<Task>;
}

async function valuesOf(format: FileFormat, bytes: Uint8Array): Promise<readonly Evaluated[]> {
  if (format !== "jsonl" && format !== "text") {
    const whole: WholeTask = { kind: "whole", format, bytes, selections: SELECTIONS };
    return (await evaluated(whole)).values;
  }
  const lines: LinesTask = {
    kind: "lines",
    format,
    bytes,
    encoding: detectEncoding(bytes),
    selections: SELECTIONS,
    states: null,
    linesBefore: 0,
    complete: bytes.length,
    lastLineCounts: true,
  };
  return (await evaluated(lines))?.values ?? [];
}

/** A built-in log of which all is read. */
async function readLog(reading: LogReading, bytes: Uint8Array): Promise<MetricReading | undefined> {
  const encoding = detectEncoding(bytes);
  const tail = { encoding, fromStart: true, longest: true, restMs: 60_000 };
  const task: LogDataTask = { kind: "data", reading, bytes, tail };
  const read = await evaluated(task);
  return Object.values(read?.metrics ?? {})[0];
}

const NOW = new Date().toISOString();

const READERS: readonly Reader[] = [
  { name: "JSON", read: metricsOf("json"), good: ['{\n"n": 12.5,\n"x": ["a", null, true]}\n', '[{"n": 1}]'] },
  { name: "JSONC", read: metricsOf("jsonc"), good: ['{ // one\n"n": 12.5, /* two */\n}\n'] },
  { name: "JSONL", read: metricsOf("jsonl"), good: ['{"n": 1}\n{"n": 2.5}\r\n{"n": -3e2}\n'] },
  { name: "CSV", read: metricsOf("csv"), good: ['a,n\r\n"x, y",1\r\nz,2.5\r\n', "a;n\nx;1\n"] },
  { name: "TSV", read: metricsOf("tsv"), good: ["a\tn\nx\t1\ny\t-2.5\n"] },
  {
    name: "YAML",
    read: metricsOf("yaml"),
    good: ["n: 12.5\nx: &x [a, 'b']\ny: *x\n", "- n: 1\n- n: 0x1f\n"],
  },
  { name: "TOML", read: metricsOf("toml"), good: ['n = 12.5\n[x]\nday = 2025-11-08\nt = """a\nb"""\n'] },
  { name: "Markdown", read: metricsOf("markdown"), good: ["# a\n- [x] b\n- [ ] c\n```\n- [ ] d\n```\n"] },
  { name: "text", read: metricsOf("text"), good: ["n=12.5 a\n\u001b[1mn=3\u001b[0m\r\nn=x\n"] },
  {
    name: "drive_sync.log",
    read: async (bytes) => {
      const reading = await readLog("driveSyncLog", bytes);
      return { values: [reading?.value], lines: [reading?.line ?? null] };
    },
    good: ["2025-11-08 10:00:00 sync started\n2025-11-08 10:00:05 OK\nERROR: x\n"],
  },
  {
    name: "chat_activity.jsonl",
    read: async (bytes) => {
      const reading = await readLog("chatActivity", bytes);
      return { values: [reading?.value], lines: [null] };
    },
    good: [`{"timestamp": "${NOW}"}\n{"timestamp": ${Date.now()}}\n`],
  },
  {
    name: "memo_index.json",
    read: async (bytes) => {
      const { total, line } = await parseMemoIndex(decodeText(bytes));
      return { values: [total], lines: [line] };
    },
    good: ['{"totalMemos": 12}', '{\n"divisions": [{"count": 1},\n{"memos": [1, 2]}]}', '{"memos": []}'],
  },
  {
    name: "revenue_snapshot.json",
    read: async (bytes) => {
      const { mrr, line } = await parseRevenueSnapshot(decodeText(bytes));
      return { values: [mrr], lines: [line] };
    },
    good: ['{\n"mrr": 12450.5,\n"currency": "EUR"}', '{"revenue":\n{"mrr": -1}}'],
  },
  {
    name: "project_progress.json",
    read: async (bytes) => {
      const { progress, line } = await parseProjectProgress(decodeText(bytes));
      return { values: [progress], lines: [line] };
    },
    good: ['{"projects": [{"progress": 50},\n{"done": 1, "total": 3}]}'],
  },
  {
    name: "ERIC_recommendations.json",
    read: async (bytes) => {
      const { count, listed } = await parseRecommendations(decodeText(bytes));
      return { values: [count], lines: listed.map(({ line }) => line) };
    },
    good: ['{"recommendations": [{"id": 1, "title": "a", "priority": "high"},\n"b"]}'],
  },
];

const WRITINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with its mark": (text) => Buffer.from(`\uFEFF${text}`),
  "UTF-16": (text) => Buffer.from(text, "utf16le"),
  "UTF-16 with its mark": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "big-endian UTF-16": (text) => Buffer.from(text, "utf16le").swap16(),
  "big-endian UTF-16 with its mark": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
};

/** What breaks parsers, wherever it comes to stand. */
const FRAGMENTS = [
  ..."{}[]\",:;=#-&*!|>'\\\n\r\t \0",
  ..."\uFEFF\u2028\ud800é😀",
  ...["\r\n", "null", "NaN", "-Infinity", "1e400", "1e-400", "9007199254740993", "-0", "2025-02-30", "[[[["],
  ...["__proto__", "n", "n=", "1,234", '"n": ', "- ", "```", "<<: *x", "timestamp", "total", "divisions"],
];

interface Damage {
  readonly at: number;
  readonly length: number;
  readonly with: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(200),
  length: fc.nat({ max: 8 }),
  with: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: "binary", maxLength: 4 })),
});

function damaged(text: string, damages: readonly Damage[]): string {
  return damages.reduce((all, { at, length, with: insert }) => {
    const start = at % (all.length + 1);
    return all.slice(0, start) + insert + all.slice(start + length);
  }, text);
}

/** The most lines that bytes can be seen as. */
function linesIn(bytes: Uint8Array): number {
  return 1 + bytes.filter((byte) => byte === 0x0a || byte === 0x0d).length;
}

async function readsWell({ read }: Reader, bytes: Uint8Array): Promise<void> {
  const last = linesIn(bytes);
  const isLine = (line: number | null) =>
    line === null || (Number.isInteger(line) && line >= 1 && line <= last);
  try {
    const { values, lines } = await read(bytes);
    for (const value of values) assert.ok(typeof value === "string" || isExact(value as number), `${value}`);
    for (const line of lines) assert.ok(isLine(line), `line ${line} of ${last}`);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    assert.ok(isLine(error.line), `line ${error.line} of ${last}: ${error.reason}`);
  }
}

const RUNS = 150;

describe("whatever bytes a file holds", () => {
  for (const reader of READERS) {
    it(`they give exact values on its lines, or a SourceError: ${reader.name}`, async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        fc
          .tuple(fc.constantFrom(...reader.good), fc.array(damage, { maxLength: 4 }))
          .map(([good, damages]) => damaged(good, damages))
          .chain((text) => fc.constantFrom(...Object.values(WRITINGS)).map((write) => write(text))),
      );
      await fc.assert(
        fc.asyncProperty(bytes, (each) => readsWell(reader, each)),
        { numRuns: RUNS },
      );
    });

    it(`they are read alike in every encoding and with every line end: ${reader.name}`, async () => {
      for (const good of reader.good) {
        const expected = await reader.read(Buffer.from(good));
        assert.ok(expected.values.length > 0);
        for (const [name, write] of Object.entries(WRITINGS)) {
          for (const text of [good, good.replace(/\r?\n/g, "\r\n")]) {
            assert.deepEqual(await reader.read(write(text)), expected, `${name} of ${JSON.stringify(text)}`);
          }
        }
      }
    });
  }
});

const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter(isExact);
const plain = (value: number) => (value === 0 ? 0 : value);

/** Ways to write numbers down, and what of them gives the last. */
const WRITERS: Readonly<
  Record<string, readonly [Partial<Selection>, (numbers: readonly number[]) => string]>
> = {
  json: [{ query: "n" }, (n) => JSON.stringify({ x: "é\n😀", n }, null, 1)],
  jsonc: [{ query: "n" }, (n) => `// numbers\n${JSON.stringify({ n }, null, 1).replace(/\]/, ", ]")}`],
  jsonl: [{ query: "n" }, (n) => n.map((each) => `{"n": ${each}}\n`).join("")],
  csv: [{ column: "n" }, (n) => `x,n\n${n.map((each) => `"é, ""y""",${each}\n`).join("")}`],
  tsv: [{ column: "n" }, (n) => `x\tn\n${n.map((each) => `é\t${each}\n`).join("")}`],
  yaml: [{ query: "n" }, (n) => toYaml({ x: "é\n😀", n })],
  toml: [{ query: "n" }, (n) => toToml({ x: "é\n😀", n: n.map(plain) })],
  text: [{ match: "n=(\\S+)" }, (n) => n.map((each) => `é n=${each} x\n`).join("")],
};

describe("numbers that are written down", () => {
  for (const [format, [where, writeDown]] of Object.entries(WRITERS)) {
    it(`are read as they were, in every encoding and with every line end: ${format}`, async () => {
      const selection = { query: null, column: null, match: null, ...where };
      const selections = (["last", "first", "min", "max", "count"] as const).map((aggregate) => ({
        ...selection,
        aggregate,
      }));
      await fc.assert(
        fc.asyncProperty(
          fc.array(number, { minLength: 1, maxLength: 6 }),
          fc.constantFrom(...Object.values(WRITINGS)),
          fc.constantFrom("\n", "\r\n"),
          async (numbers, write, end) => {
            const bytes = write(writeDown(numbers).replaceAll("\n", end));
            const found = await extract(format as FileFormat, decodeText(bytes), selections);
            const [first, last] = [numbers[0], numbers.at(-1)] as [number, number];
            const expected = [last, first, Math.min(...numbers), Math.max(...numbers), numbers.length];
            assert.deepEqual(
              found.map((each) => (each.ok ? each.value : each.error.reason)),
              expected.map(plain),
            );
          },
        ),
        { numRuns: RUNS },
      );
    });
  }
});
