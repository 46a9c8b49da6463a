/** Alerts: what makes one fire, and what clients are told of it. */
import type { MetricValue, ValueDisplay } from "./snapshot.js";

/** How urgent an alert is, from least to most. */
export const SEVERITIES = ["info", "warning", "error"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What makes an alert fire. */
export type AlertCondition =
  /** Fires below `threshold`; over again only above `clearAbove`, where that is given (never less than the threshold). */
  | { readonly kind: "below"; readonly threshold: number; readonly clearAbove: number | null }
  /** Fires above `threshold`; over again only below `clearBelow`, where that is given (never more than the threshold). */
  | { readonly kind: "above"; readonly threshold: number; readonly clearBelow: number | null }
  /** Fires while the value is this one. */
  | { readonly kind: "becomes"; readonly value: string | number }
  /**
   * Fires when the value changes this way by `amount` (more than 0) within `withinMs`; `null` for from one value to the
   * next. With `percent` the amount is in percent of the value before.
   */
  | {
      readonly kind: "risesBy" | "fallsBy";
      readonly amount: number;
      readonly percent: boolean;
      readonly withinMs: number | null;
    }
  /** Fires when there was no good value for this long, in milliseconds. */
  | { readonly kind: "noDataFor"; readonly ms: number };

/** What an alert's message is made of beside its metric and value, for who says it in another language. */
export interface AlertParts {
  readonly condition: AlertCondition;
  /** The metric as it was called then. */
  readonly label: string;
  /** How its values are written. */
  readonly display: ValueDisplay;
  /** Why it could not be had, in a sentence; `null` where it could. */
  readonly error: string | null;
  /** Whether the message tells of the end. */
  readonly over: boolean;
}

/** An alert that fires, or that did: payload of `fusionAlert`, and an item of `GET /api/fusion/alerts`. */
export interface Alert {
  /** The same for every firing of the same condition. */
  readonly id: string;
  /** Id of the metric it watches. */
  readonly metric: string;
  readonly severity: Severity;
  readonly state: "firing" | "resolved";
  /** One sentence in English with the value as people write it. */
  readonly message: string;
  /** `null` of one that was kept by a version without them. */
  readonly parts: AlertParts | null;
  /** The value that made it fire; of a resolved one, the value that ended it. */
  readonly value: MetricValue;
  /** When it began to fire (UTC, ISO 8601). */
  readonly since: string;
  /** When it ended (UTC, ISO 8601); `null` while it fires. */
  readonly resolvedAt: string | null;
  /** Whether nobody is to be notified of it now. */
  readonly muted: boolean;
  /** Until when it is muted (UTC, ISO 8601); left out where it is not, or where that has no end. */
  readonly mutedUntil?: string;
}

/** Whether an alert is to be seen as one: it fires, and nobody has muted it. */
export function isActive({ state, muted }: Alert): boolean {
  return state === "firing" && !muted;
}

/** The pseudo-metric of the built-in alert on emissions that fail: no snapshot has it. */
export const FAILED_EMISSIONS = "failedEmissions";
