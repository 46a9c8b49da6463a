import { NUMBER_PLACES } from "./numberPlace.js";

/** A file that a metric is read from. */
export interface WatchedFile {
  /** The metric's id. */
  readonly id: string;
  /** In the workspace folder itself. */
  readonly file: string;
  readonly kind: "json" | "table" | "document" | "log" | "log read from its end";
  /** What of the file is the metric; `null` for the metrics that need no declaration. */
  readonly selection: object | null;
  /** A good content. */
  readonly content: (n: number) => string;
  /** The content with a value where a number is due, as it is spelled; `null` where that means nothing. */
  readonly around: ((spelling: string) => string) | null;
  /** What the good content gives. */
  readonly value: (n: number) => number | string;
}

const KINDS: Readonly<Record<string, WatchedFile["kind"]>> = {
  ".json": "json",
  ".jsonc": "json",
  ".csv": "table",
  ".tsv": "table",
  ".jsonl": "log",
  ".log": "log",
};

const STATUSES = ["OK", "WARN", "ERROR"] as const;

const same = (n: number) => n;

function builtInJson(id: string, file: string, around: (spelling: string) => string): WatchedFile {
  const content = (n: number) => around(String(n));
  return { id, file, kind: "json", selection: null, content, around, value: same };
}

/** One file of each format and of each built-in kind. */
export const WATCHED_FILES: readonly WatchedFile[] = [
  builtInJson("memos", "memo_index.json", (n) => `{"total": ${n}}`),
  builtInJson("revenue", "revenue_snapshot.json", (n) => `{"mrr": ${n}}`),
  builtInJson("projectProgress", "project_progress.json", (n) => `{"projects": [{"progress": ${n}}]}`),
  {
    ...builtInJson("recommendations", "ERIC_recommendations.json", () => ""),
    content: (n) => JSON.stringify({ recommendations: Array.from({ length: n }, (_, index) => index) }),
    around: null,
  },
  {
    id: "driveSync",
    file: "drive_sync.log",
    kind: "log read from its end",
    selection: null,
    content: (n) => `2025-11-08T17:40:38Z ${STATUSES[n % STATUSES.length]}\n`,
    around: null,
    value: (n) => STATUSES[n % STATUSES.length] as string,
  },
  {
    id: "chatActivity",
    file: "chat_activity.jsonl",
    kind: "log read from its end",
    selection: null,
    content: (n) => `${JSON.stringify({ timestamp: new Date().toISOString() })}\n`.repeat(n),
    around: null,
    value: same,
  },
  ...NUMBER_PLACES.map(
    ({ extension, selection, around }): WatchedFile => ({
      id: `value${extension.slice(1)}`,
      file: `value${extension}`,
      kind: KINDS[extension] ?? "document",
      selection,
      content: (n) => around(String(n)),
      around,
      value: same,
    }),
  ),
  {
    id: "valuemd",
    file: "value.md",
    kind: "document",
    selection: { aggregate: "count" },
    content: (n) => "- [x] done\n".repeat(n),
    around: null,
    value: same,
  },
];

/** A `fusion.json` that declares the metrics which need it. */
export function declaration(more: Readonly<Record<string, object>> = {}): string {
  const metrics = WATCHED_FILES.flatMap(({ id, file, selection }) =>
    selection === null ? [] : [[id, { file, format: "number", ...selection }]],
  );
  return JSON.stringify({ metrics: { ...Object.fromEntries(metrics), ...more } });
}
