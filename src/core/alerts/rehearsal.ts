import type { MetricValue } from "../../protocol/snapshot.js";
import type { AlertDefinition } from "../config/alertDefinition.js";
import { AlertTracker } from "./alertTracker.js";

/** A time (epoch ms) and the value that began to hold then; `null` where there was none. */
export type PastValue = readonly [at: number, value: MetricValue];

/** When (epoch ms) an alert would have begun to fire over the past, had it been there. */
export function rehearse(definition: AlertDefinition, past: readonly PastValue[], until: number): number[] {
  const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
  const firings: number[] = [];
  /** Lets the time up to the next value pass, in which the alert may fire by itself. */
  const passTo = (at: number) => {
    for (let look = tracker.nextLookAt; look !== null && look < at; look = tracker.nextLookAt) {
      if (tracker.lookAgain(look) === "fired") firings.push(look);
      else if (tracker.nextLookAt === look) break;
    }
  };
  for (const [at, value] of past) {
    passTo(at);
    if (tracker.observe({ at, value, available: value !== null }) === "fired") firings.push(at);
  }
  passTo(until);
  return firings;
}
