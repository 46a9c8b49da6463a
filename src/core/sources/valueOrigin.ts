import type { ValueOrigin, ValueSelection } from "../../protocol/origin.js";
import type { MetricOrigin, Selection } from "../config/metricDefinition.js";
import { formatOf } from "../formats/fileFormat.js";

/**
 * What a client is told of how a declared metric comes about.
 * @param scale what the value is multiplied by
 */
export function valueOrigin(origin: MetricOrigin, scale: number): ValueOrigin {
  switch (origin.kind) {
    case "file": {
      const { kind, file, ...selection } = origin;
      return { kind, file, ...selectionOf(selection, isOneValue(file, selection), scale) };
    }
    case "files":
      return { kind: "files", glob: origin.glob, ...scaledBy(scale) };
    case "git": {
      const { kind, sinceMs, remote } = origin;
      return { kind, sinceMs, ...(remote === null ? {} : { remote }), ...scaledBy(scale) };
    }
    case "url": {
      const { kind, url, ...selection } = origin;
      return { kind, url: withoutParameters(url), ...selectionOf(selection, true, scale) };
    }
  }
}

/** Whether there is one value to be had, unless a query leads to a list. */
function isOneValue(file: string, { column }: Selection): boolean {
  const format = formatOf(file);
  return column === null && format !== "jsonl" && format !== "text";
}

function selectionOf(
  { query, aggregate, column, match }: Pick<Selection, "query" | "aggregate"> & Partial<Selection>,
  oneValue: boolean,
  scale: number,
): ValueSelection {
  return {
    ...(query == null ? {} : { query }),
    ...(column == null ? {} : { column }),
    ...(match == null ? {} : { match }),
    ...(oneValue && aggregate === "last" ? {} : { aggregate }),
    ...scaledBy(scale),
  };
}

function scaledBy(scale: number): { readonly scale?: number } {
  return scale === 1 ? {} : { scale };
}

function withoutParameters(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === "" ? "" : "?…"}`;
}
