import type { AlertDefinition } from "../config/alertDefinition.js";
import { type ConditionWatch, type Observation, watchCondition } from "./conditionWatch.js";
import type { SavedWindow } from "./valueWindow.js";

/** After a longer time (ms) without a look nothing is known of what lay in between: the machine slept, say. */
const LONGEST_GAP_MS = 15 * 60_000;

/** Where an alert stands; times in epoch milliseconds. */
export type AlertPhase =
  /** `restUntil`: until then it does not fire again. */
  | { readonly name: "quiet"; readonly restUntil: number | null }
  /** The condition holds, and not yet for long enough. */
  | { readonly name: "pending"; readonly since: number; readonly restUntil: number | null }
  | { readonly name: "firing"; readonly since: number };

export interface SavedTracker {
  readonly phase: AlertPhase;
  readonly window: SavedWindow;
  /** When (epoch ms) its metric was seen last. */
  readonly seenAt: number | null;
}

const QUIET: AlertPhase = { name: "quiet", restUntil: null };

/** Follows one alert over what is seen of its metric: pure arithmetic, whichever time it is made for. */
export class AlertTracker {
  private current: AlertPhase;
  private readonly watch: ConditionWatch;
  private seen: Observation | null = null;
  private seenAt: number | null;

  /** @param longestGapMs after a longer time without a look, what held before it is not taken to have held all along */
  constructor(
    readonly definition: AlertDefinition,
    saved?: SavedTracker,
    private readonly longestGapMs = LONGEST_GAP_MS,
  ) {
    this.current = saved?.phase ?? QUIET;
    this.seenAt = saved?.seenAt ?? null;
    this.watch = watchCondition(definition.condition, saved?.window);
  }

  get phase(): AlertPhase {
    return this.current;
  }

  /** When (epoch ms) to look again though nothing is seen; `null` for never. */
  get nextLookAt(): number | null {
    const { phase, watch, definition } = this;
    if (phase.name === "firing") return null;
    const mayFireAt =
      phase.name === "pending" ? Math.max(phase.since + definition.forMs, phase.restUntil ?? 0) : null;
    const moments = [watch.changesAt, mayFireAt].filter(
      (moment) => moment !== null && moment > (this.seen?.at ?? 0),
    );
    return moments.length === 0 ? null : Math.min(...(moments as number[]));
  }

  /** Takes in what was seen; tells whether the alert began to fire or ended by it. */
  observe(observation: Observation): "fired" | "resolved" | null {
    this.interruptIfLongAfter(observation.at);
    this.seen = observation;
    this.seenAt = observation.at;
    const holds = this.watch.observe(observation, this.phase.name === "firing");
    return this.advance(holds, observation.at);
  }

  /** Looks again at what was seen last, at a later time (epoch ms). */
  lookAgain(at: number): "fired" | "resolved" | null {
    const { seen } = this;
    if (seen === null) return null;
    if (this.watch.changesAt !== null) return this.observe({ ...seen, at });
    this.interruptIfLongAfter(at);
    const { phase } = this;
    return phase.name === "pending" ? this.advance(true, at) : null;
  }

  /** Nobody looked from then (epoch ms) on: what was seen last is not known to have held any longer. */
  interrupt(at: number): void {
    const { phase } = this;
    this.seen = null;
    this.watch.interrupt(at);
    if (phase.name === "pending") this.current = { name: "quiet", restUntil: phase.restUntil };
  }

  save(): SavedTracker {
    return { phase: this.phase, window: this.watch.save(), seenAt: this.seenAt };
  }

  private interruptIfLongAfter(at: number): void {
    const { seenAt } = this;
    if (seenAt !== null && Math.abs(at - seenAt) > this.longestGapMs) this.interrupt(seenAt);
  }

  private advance(holds: boolean | null, at: number): "fired" | "resolved" | null {
    const { phase, definition } = this;
    if (phase.name === "firing") {
      if (holds !== false) return null;
      const { coolDownMs } = definition;
      this.current = { name: "quiet", restUntil: coolDownMs === 0 ? null : at + coolDownMs };
      return "resolved";
    }
    // A rest that lies further ahead than it is long was noted by a clock that has been set back since.
    const { restUntil } = phase;
    const resting = restUntil !== null && restUntil > at && restUntil - at <= definition.coolDownMs;
    if (holds !== true) {
      this.current = { name: "quiet", restUntil: resting ? restUntil : null };
      return null;
    }
    const since = phase.name === "pending" && phase.since <= at ? phase.since : at;
    if (resting || at - since < definition.forMs) {
      this.current = { name: "pending", since, restUntil: resting ? restUntil : null };
      return null;
    }
    this.current = { name: "firing", since: at };
    return "fired";
  }
}
