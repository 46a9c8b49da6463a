import * as v from "valibot";
import type { Alert } from "../../protocol/alerts.js";
import { SEVERITIES } from "../../protocol/alerts.js";
import { METRIC_FORMATS } from "../config/vocabulary.js";
import type { SavedTracker } from "./alertTracker.js";

/** What has to be known to go on after a restart. */
export interface SavedAlerts {
  /** By the alert's id. */
  readonly trackers: Readonly<Record<string, SavedTracker>>;
  /** Alerts that fire, and those that ended last, newest first. */
  readonly alerts: readonly Alert[];
  /** Until when (epoch ms) nobody is notified of an alert, by its id; `null` for until it is taken back. */
  readonly mutes: Readonly<Record<string, number | null>>;
  /** Metrics that have had a value. */
  readonly hadData: readonly string[];
}

/** Where alerts are kept; what is in it is data, to be checked by who reads it. */
export interface AlertStore {
  read(): Promise<unknown>;
  write(value: () => SavedAlerts): void;
}

const NOTHING: SavedAlerts = { trackers: {}, alerts: [], mutes: {}, hadData: [] };

const phase = v.variant("name", [
  v.object({ name: v.literal("quiet"), restUntil: v.nullable(v.number()) }),
  v.object({ name: v.literal("pending"), since: v.number(), restUntil: v.nullable(v.number()) }),
  v.object({ name: v.literal("firing"), since: v.number() }),
]);

const held = v.object({ from: v.number(), to: v.nullable(v.number()), value: v.number() });

const condition = v.variant("kind", [
  v.object({ kind: v.literal("below"), threshold: v.number(), clearAbove: v.nullable(v.number()) }),
  v.object({ kind: v.literal("above"), threshold: v.number(), clearBelow: v.nullable(v.number()) }),
  v.object({ kind: v.literal("becomes"), value: v.union([v.number(), v.string()]) }),
  v.object({
    kind: v.picklist(["risesBy", "fallsBy"]),
    amount: v.number(),
    percent: v.boolean(),
    withinMs: v.nullable(v.number()),
  }),
  v.object({ kind: v.literal("noDataFor"), ms: v.number() }),
]);

const display = v.object({
  format: v.picklist(METRIC_FORMATS),
  unit: v.nullable(v.string()),
  prefix: v.exactOptional(v.string()),
  suffix: v.exactOptional(v.string()),
  decimals: v.exactOptional(v.number()),
});

const parts = v.object({
  condition,
  label: v.string(),
  display,
  error: v.nullable(v.string()),
  over: v.boolean(),
});

const alert = v.object({
  id: v.string(),
  metric: v.string(),
  severity: v.picklist(SEVERITIES),
  state: v.picklist(["firing", "resolved"]),
  message: v.string(),
  // Earlier versions kept the message alone.
  parts: v.fallback(v.nullable(parts), null),
  value: v.nullable(v.union([v.number(), v.string()])),
  since: v.string(),
  resolvedAt: v.nullable(v.string()),
  muted: v.boolean(),
});

const schema = v.object({
  trackers: v.record(v.string(), v.object({ phase, window: v.array(held), seenAt: v.nullable(v.number()) })),
  alerts: v.array(alert),
  mutes: v.record(v.string(), v.nullable(v.number())),
  hadData: v.array(v.string()),
});

/** What was kept; nothing where it is damaged. */
export function parseSavedAlerts(value: unknown): SavedAlerts {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : NOTHING;
}
