import type { AlertCondition, Severity } from "../../protocol/alerts.js";
import type { MetricValue } from "../../protocol/snapshot.js";
import type { JsonObject } from "../config/configEdit.js";
import { isKept } from "../formats/scalar.js";

export type ConditionKind = AlertCondition["kind"];

/** An alert as somebody writes it, answer by answer; every text as it was typed. */
export interface AlertDraft {
  readonly metric: string;
  readonly kind: ConditionKind;
  /** What the value is compared with: a number, a share such as "5%", a word or a time. */
  readonly value: string;
  /** The time in which a change counts; "" for from one value to the next. */
  readonly within: string;
  /** For how long the condition must hold; "" for at once. */
  readonly for: string;
  readonly severity: Severity;
}

/** The conditions that fit a metric with this value; all where nothing is known of it. */
export function conditionsFor(value: MetricValue): readonly ConditionKind[] {
  return typeof value === "string"
    ? ["becomes", "noDataFor"]
    : ["below", "above", "risesBy", "fallsBy", "becomes", "noDataFor"];
}

/** The draft as `fusion.json` holds it. What was typed wrongly stays as it is, for the file's parser to refuse. */
export function entryOf(draft: AlertDraft, current: MetricValue): JsonObject {
  const { metric, kind, severity } = draft;
  const value = draft.value.trim();
  const changes = kind === "risesBy" || kind === "fallsBy";
  const isText = kind === "noDataFor" || (kind === "becomes" && typeof current === "string");
  return {
    metric,
    [kind]: isText ? value : numberOr(value),
    ...(changes && draft.within.trim() !== "" ? { within: draft.within.trim() } : {}),
    ...(kind !== "noDataFor" && draft.for.trim() !== "" ? { for: draft.for.trim() } : {}),
    severity,
  };
}

/** What to begin a condition's value with, near to the present value of the metric. */
export function suggestedValue(kind: ConditionKind, metric: string, current: MetricValue): string {
  switch (kind) {
    case "below":
    case "above":
      return typeof current === "number" ? String(threshold(kind, current)) : "";
    case "becomes":
      return metric === "driveSync" ? "ERROR" : String(current ?? "");
    case "risesBy":
    case "fallsBy":
      return "10%";
    case "noDataFor":
      return "30m";
  }
}

/** A round number about a tenth away from the present one: of whole numbers a whole one. */
function threshold(kind: "below" | "above", current: number): number {
  const direction = kind === "below" ? -1 : 1;
  if (current === 0) return direction;
  const distant = current + (direction * Math.abs(current)) / 10;
  const round = kind === "below" ? Math.floor : Math.ceil;
  // Two digits say enough, but a whole number need not become a fraction of one.
  const step = 10 ** (Math.floor(Math.log10(Math.abs(distant))) - 1);
  const least = Number.isInteger(current) ? Math.max(1, step) : step;
  const rounded = Number((round(distant / least) * least).toPrecision(2));
  return Number.isFinite(rounded) ? rounded : current + direction;
}

function numberOr(text: string): number | string {
  return text !== "" && isKept(text) ? Number(text) : text;
}
