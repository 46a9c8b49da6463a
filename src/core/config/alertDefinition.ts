import type { AlertCondition, Severity } from "../../protocol/alerts.js";

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
  /** Line of its declaration, counted from 1; `null` for one that Fusion brings along. */
  readonly line: number | null;
}
