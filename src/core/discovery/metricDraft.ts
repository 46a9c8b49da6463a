import { posix } from "node:path";
import { displayValue } from "../../protocol/display.js";
import type { MetricFormat } from "../../protocol/snapshot.js";
import type { JsonObject } from "../config/configEdit.js";
import type { Selection } from "../config/metricDefinition.js";
import { labelOf } from "../config/metricLabel.js";
import { formatOf } from "../formats/fileFormat.js";
import type { Scalar } from "../formats/scalar.js";
import { readingOf } from "../sources/userFile.js";
import { type DisplayGuess, PLAIN } from "./entry.js";
import { momentDisplay } from "./momentGuess.js";
import { PERCENT } from "./shareGuess.js";

/** Where a metric's value comes from; paths are relative to the workspace folder, with `/`. */
export type DraftOrigin =
  | { readonly kind: "file"; readonly file: string; readonly selection: Selection }
  | { readonly kind: "files"; readonly glob: string };

/** A metric that somebody is about to add. */
export interface MetricDraft extends DisplayGuess {
  readonly origin: DraftOrigin;
  readonly label: string;
  /** As it is now, before it is scaled. */
  readonly value: Scalar;
}

/** The draft as `fusion.json` holds it; what goes without saying is not said. */
export function metricEntry(draft: MetricDraft, id: string): JsonObject {
  const { origin, label, format, unit, scale } = draft;
  return {
    ...(label === labelOf(id) ? {} : { label }),
    ...(origin.kind === "files" ? { files: origin.glob } : fileEntry(origin.file, origin.selection)),
    ...(format === null ? {} : { format }),
    ...(unit === null ? {} : { unit }),
    ...(scale === 1 ? {} : { scale }),
  };
}

function fileEntry(file: string, { query, column, match, aggregate }: Selection): JsonObject {
  // Of text the last line counts only where it is said, or where a number is captured.
  const isDefault = aggregate === "last" && (formatOf(file) !== "text" || match !== null);
  return {
    file,
    ...(query === null ? {} : { query }),
    ...(column === null ? {} : { column }),
    ...(match === null ? {} : { match }),
    ...(isDefault ? {} : { aggregate }),
  };
}

/** The value as its card will show it; `null` where this display does not fit it. */
export function shownValue(
  draft: Pick<MetricDraft, "value" | keyof DisplayGuess>,
  locale?: string,
): string | null {
  const { value: found, format, unit, scale } = draft;
  const shape = { label: "", icon: null, format: format ?? ("text" as const), unit };
  const { value } = readingOf({ scale, shape }, { ok: true, value: found, line: null, warning: null });
  return value === null ? null : displayValue({ ...shape, value }, locale);
}

/** The ways in which a value can be shown, its present one among them. */
export function displaysFor(draft: MetricDraft): DisplayGuess[] {
  const { value, format, unit, scale } = draft;
  const present: DisplayGuess = { format, unit, scale };
  if (typeof value === "string") {
    const date: DisplayGuess = { ...PLAIN, format: "date" };
    return shownValue({ ...date, value }) === null ? [PLAIN] : [PLAIN, date];
  }
  const moment = momentDisplay(value);
  const others = [
    ...DISPLAYS,
    ...(Math.abs(value) <= 1 ? [{ ...PERCENT, scale: 100 }] : []),
    ...(moment === null ? [] : [moment]),
  ].filter((display) => display.format !== format || display.scale !== scale);
  return [present, ...others];
}

const DISPLAYS: readonly DisplayGuess[] = (
  [null, "currency", "percent", "bytes", "duration"] satisfies (MetricFormat | null)[]
).map((format) => ({ ...PLAIN, format }));

/** The name of the file, or the glob, as a short text. */
export function originText(origin: DraftOrigin): string {
  return origin.kind === "files" ? origin.glob : posix.basename(origin.file);
}
