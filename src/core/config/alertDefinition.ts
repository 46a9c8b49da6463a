/** How urgent an alert is. */
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

/** An alert as `fusion.json` declares it, with every default filled in. */
export interface AlertDefinition {
  /** Id of a metric. */
  readonly metric: string;
  readonly condition: AlertCondition;
  /** For how long (ms) the condition must hold before the alert fires; 0 for at once. */
  readonly forMs: number;
  /** How long (ms) after its end the alert does not fire again; 0 for not at all. */
  readonly coolDownMs: number;
  readonly severity: Severity;
  /** Line of its declaration, counted from 1. */
  readonly line: number;
}
