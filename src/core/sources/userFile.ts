import { parseTimestamp } from "../../protocol/isoTimestamp.js";
import type { Selection } from "../config/metricDefinition.js";
import { type FileFormat, formatOf } from "../formats/fileFormat.js";
import { quoted } from "../formats/scalar.js";
import { scaledNumber, whyNotScaled } from "../formats/scaledNumber.js";
import type { Evaluated } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import { refuseLarge } from "./fileSize.js";
import type { GuardedFile } from "./folderReader.js";
import { LAST_LINE_REST_MS, LineRest } from "./lineRest.js";
import type { MetricReading, MetricShape, Reading, SourceDefinition } from "./source.js";
import { describeSourceError, SourceError, UnfinishedFileError } from "./sourceError.js";

/** A metric of a file: what of it counts, and how it is shown. */
export interface FileMetric {
  readonly id: string;
  readonly selection: Selection;
  readonly shape: MetricShape;
  /** The value is multiplied by this. */
  readonly scale: number;
}

const LINE_ENDS = "\n\r";
/** After these nothing of a JSON value can be missing. */
const JSON_ENDS = `${LINE_ENDS}}]"`;

/** Whether a file ends as if all of it were there: of 12.5 in the last row of a table, 12 would pass for a value too. */
function isFinished(format: FileFormat, bytes: Uint8Array): boolean {
  const ends = format === "json" || format === "jsonc" ? JSON_ENDS : LINE_ENDS;
  // The second byte of a UTF-16 character is NUL.
  const last = bytes.at(-1) === 0 ? bytes.at(-2) : bytes.at(-1);
  return last !== undefined && ends.includes(String.fromCharCode(last));
}

/** A file that is read as a whole, once for all its metrics. */
export function wholeFile(
  file: string,
  metrics: readonly FileMetric[],
  evaluator: Evaluator,
): SourceDefinition {
  const format: FileFormat = formatOf(file);
  const lineRest = new LineRest();
  return {
    name: file,
    candidates: [file],
    appendOnly: false,
    optional: false,
    metrics: shapesOf(metrics),
    async read(opened: GuardedFile): Promise<Reading> {
      refuseLarge(opened);
      const bytes = await opened.read(0, opened.size);
      const rest = lineRest.of(opened);
      if (rest < LAST_LINE_REST_MS && !isFinished(format, bytes)) {
        throw new UnfinishedFileError(LAST_LINE_REST_MS - rest);
      }
      const selections = metrics.map(({ selection }) => selection);
      const { values, content } = await evaluator.evaluate({ kind: "whole", format, bytes, selections });
      return { metrics: readingsOf(file, metrics, values), content, recheckInMs: null };
    },
  };
}

export function shapesOf(metrics: readonly FileMetric[]): Record<string, MetricShape> {
  return Object.fromEntries(metrics.map(({ id, shape }) => [id, shape]));
}

/** Each metric's reading, in the order of the values. */
export function readingsOf(
  file: string,
  metrics: readonly FileMetric[],
  values: readonly Evaluated[],
): Record<string, MetricReading> {
  const entries = metrics.map((metric, index) => {
    const { error, warning, ...reading } = readingOf(metric, values[index]);
    if (warning !== undefined) return [metric.id, { ...reading, warning: `${file}: ${warning}` }] as const;
    if (error === undefined) return [metric.id, reading] as const;
    const said = describeSourceError(file, new SourceError(error, reading.line));
    return [metric.id, { ...reading, error: said }] as const;
  });
  return Object.fromEntries(entries);
}

/** A metric's reading of an evaluated value, in the metric's own measure. */
export function readingOf(
  { scale, shape }: Pick<FileMetric, "scale" | "shape">,
  value: Evaluated | undefined,
): MetricReading {
  if (value === undefined) return { value: null, line: null };
  if (!value.ok) return { value: null, line: value.line, error: value.reason };
  if (typeof value.value === "string") {
    const { format } = shape;
    if (format === "text" || (format === "date" && parseTimestamp(value.value) !== null)) {
      return { value: value.value, line: value.line };
    }
    const error =
      format === "date"
        ? `${quoted(value.value)} is not a date. Write one such as 2025-11-08 or 2025-11-08T17:40:38Z.`
        : `${quoted(value.value)} is a text, and this metric shows numbers. Write a plain number, or set "format" to "text".`;
    return { value: null, line: value.line, error };
  }
  const scaled = scaledNumber(value.value, scale);
  if (scaled === null) return { value: null, line: value.line, error: whyNotScaled(value.value, scale) };
  return { value: scaled, line: value.line, ...(value.warning === null ? {} : { warning: value.warning }) };
}
