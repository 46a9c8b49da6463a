import type { AlertCondition } from "../../protocol/alerts.js";
import type { MetricValue } from "../../protocol/snapshot.js";
import { PreviousValue, type SavedWindow, ValueWindow } from "./valueWindow.js";

/** What was seen of a metric. */
export interface Observation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: MetricValue;
  /** Whether the value is a good one of this moment. */
  readonly available: boolean;
}

/** Tells whether a condition holds, from one observation to the next. */
export interface ConditionWatch {
  /**
   * Whether the condition holds; `null` where nothing is known, so that nothing begins or ends.
   * @param firing whether the alert fires already: some end at another value than they begin
   */
  observe(observation: Observation, firing: boolean): boolean | null;
  /** Nobody looks from then (epoch ms) on: what is seen next tells nothing of the time up to it. */
  interrupt(at: number): void;
  /** When (epoch ms) the answer may change though nothing is seen; `null` for never. */
  readonly changesAt: number | null;
  /** What a later watch has to know to go on. */
  save(): SavedWindow;
}

/** Changes that reach their amount but for the error of binary fractions have reached it: 0.3 - 0.2 is 0.1. */
const TOLERANCE = 1e-12;

export function watchCondition(condition: AlertCondition, saved?: SavedWindow): ConditionWatch {
  switch (condition.kind) {
    case "below":
      return stateless(({ value }, firing) => {
        if (typeof value !== "number") return null;
        const { threshold, clearAbove } = condition;
        return firing && clearAbove !== null ? value <= clearAbove : value < threshold;
      });
    case "above":
      return stateless(({ value }, firing) => {
        if (typeof value !== "number") return null;
        const { threshold, clearBelow } = condition;
        return firing && clearBelow !== null ? value >= clearBelow : value > threshold;
      });
    case "becomes":
      return stateless(({ value }) => value === condition.value);
    case "risesBy":
    case "fallsBy":
      return watchChange(condition, saved);
    case "noDataFor":
      return watchSilence(condition.ms, saved);
  }
}

function stateless(holds: (observation: Observation, firing: boolean) => boolean | null): ConditionWatch {
  return {
    observe: (observation, firing) => (isKnown(observation) ? holds(observation, firing) : null),
    interrupt: () => undefined,
    changesAt: null,
    save: () => [],
  };
}

type ChangeCondition = Extract<AlertCondition, { kind: "risesBy" | "fallsBy" }>;

function watchChange(condition: ChangeCondition, saved?: SavedWindow): ConditionWatch {
  const { kind, withinMs } = condition;
  const base =
    withinMs === null
      ? new PreviousValue(saved)
      : new ValueWindow(withinMs, kind === "risesBy" ? "low" : "high", saved);
  return {
    observe(observation) {
      const { at, value } = observation;
      if (!isKnown(observation) || typeof value !== "number") return null;
      const from = base.add(at, value);
      return from !== null && isChange(from, value, condition);
    },
    interrupt: (at) => base.interrupt(at),
    changesAt: null,
    save: () => base.save(),
  };
}

function isChange(from: number, to: number, { kind, amount, percent }: ChangeCondition): boolean {
  const wanted = percent ? (Math.abs(from) * amount) / 100 : amount;
  // Of nothing, nothing is a share.
  if (wanted === 0) return false;
  return (kind === "risesBy" ? to - from : from - to) >= wanted * (1 - TOLERANCE);
}

function watchSilence(ms: number, saved?: SavedWindow): ConditionWatch {
  let silentSince = saved?.at(-1)?.from ?? null;
  return {
    observe(observation, firing) {
      if (isKnown(observation)) {
        silentSince = null;
        return false;
      }
      silentSince ??= observation.at;
      // One that fired before a restart has been silent for longer than this watch knows.
      return firing || observation.at - silentSince >= ms;
    },
    interrupt() {
      silentSince = null;
    },
    get changesAt() {
      return silentSince === null ? null : silentSince + ms;
    },
    // How long it has been silent is all there is to know: there was no value.
    save: () => (silentSince === null ? [] : [{ from: silentSince, to: null, value: 0 }]),
  };
}

function isKnown({ value, available }: Observation): boolean {
  return available && value !== null;
}
