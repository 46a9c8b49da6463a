/** How the words of a metric are told apart in the trend: by a pattern, and by a colour of the theme. */
import type { MetricValue } from "../../src/protocol/snapshot.js";

export interface StateMark {
  /** Unlike that of any other state, as far as there are enough of them. */
  readonly pattern: "plain" | "hatched" | "solid" | "dotted" | "striped" | "ruled";
  readonly tone: "good" | "warn" | "bad" | "neutral";
}

const GOOD = /^(ok|success|successful|completed?|done|synced|passed|passing|healthy|up|green|online)$/i;
const WARN = /^(warn|warning|retry|retrying|degraded|unstable|yellow)$/i;
const BAD = /^(error|fail|failed|failing|failure|critical|fatal|unhealthy|down|red|offline)$/i;

const NEUTRAL: readonly StateMark["pattern"][] = ["dotted", "striped", "ruled"];

/** A mark for every word among the values, in the order of the alphabet; the same words always get the same ones. */
export function stateMarks(values: Iterable<MetricValue>): ReadonlyMap<string, StateMark> {
  const words = [...new Set(values)].filter((value) => typeof value === "string").sort();
  const marks = new Map<string, StateMark>();
  let neutral = 0;
  for (const word of words) {
    if (GOOD.test(word)) marks.set(word, { pattern: "plain", tone: "good" });
    else if (WARN.test(word)) marks.set(word, { pattern: "hatched", tone: "warn" });
    else if (BAD.test(word)) marks.set(word, { pattern: "solid", tone: "bad" });
    else marks.set(word, { pattern: NEUTRAL[neutral++ % NEUTRAL.length] ?? "dotted", tone: "neutral" });
  }
  return marks;
}
