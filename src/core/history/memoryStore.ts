import type { HistoryRange } from "../../protocol/history.js";
import type { MetricValue } from "../../protocol/snapshot.js";
import { type ClockReading, ConfirmedClock } from "./confirmedClock.js";
import type { HistoryRow, HistoryStore, Imported, ImportOutcome } from "./historyStore.js";
import { MemoryMetric } from "./memoryMetric.js";
import { changesOf, type Observation, valuesOf } from "./observation.js";
import { HOUR_MS } from "./rollup.js";
import { continues } from "./span.js";

/** How far back (ms) memory reaches at least, from a time that is believed. */
const KEPT_MS = 48 * HOUR_MS;

/** Changes kept of all metrics together: some 20 MB. */
const MAX_CHANGES = 200_000;

/** The history where there is no SQLite: two or three days, gone with the process. */
export class MemoryStore implements HistoryStore {
  private readonly byId = new Map<string, MemoryMetric>();
  private readonly clock = new ConfirmedClock([]);
  private readonly observed: { from: number; to: number }[] = [];
  private current: ReadonlyMap<string, MetricValue> = new Map();
  private span: { from: number; to: number } | null = null;

  record(observation: Observation): void {
    const { at } = observation;
    const { span } = this;
    const continuous = continues(span, at);
    const values = valuesOf(this.current, observation, continuous);
    const changes = changesOf(this.current, values, continuous && !this.stepsOver(span.to, at));
    for (const [id, value] of changes) this.make(id).add([at, value]);
    if (continuous) span.to = at;
    else this.span = this.begin({ from: at, to: at });
    this.current = values;
    this.dropExcess();
  }

  metric(id: string): MemoryMetric | null {
    return this.byId.get(id) ?? null;
  }

  metrics(): readonly string[] {
    return [...this.byId.keys()];
  }

  spans({ from, to }: HistoryRange): HistoryRange[] {
    return this.observed.filter((span) => span.from <= to && span.to >= from).map((span) => ({ ...span }));
  }

  importRows(rows: readonly HistoryRow[], spans: readonly HistoryRange[]): ImportOutcome {
    return {
      rows: rows.map(({ metric, point }): Imported => {
        const present = this.make(metric).page(point[0], point[0] + 1, 2);
        if (present.some(([, value]) => value === point[1])) return "known";
        if (present.length > 0) return "differs";
        this.make(metric).add(point);
        return "added";
      }),
      spans: spans.map(({ from, to }): Imported => {
        if (this.observed.some((span) => span.from <= from && span.to >= to)) return "known";
        this.begin({ from, to });
        return "added";
      }),
    };
  }

  maintain(reading: ClockReading): boolean {
    this.clock.note(reading);
    const { confirmed } = this.clock;
    // Neither a clock that runs ahead nor a long absence makes the newest changes old.
    if (confirmed !== null && this.span !== null)
      this.dropBefore(Math.min(confirmed, this.span.to) - KEPT_MS);
    return false;
  }

  size() {
    return { bytes: 0, rows: this.rows };
  }

  close(): void {
    this.byId.clear();
  }

  /** Whether a change stands there that a clock ahead, or an import, wrote: what held before does not hold after it. */
  private stepsOver(after: number, until: number): boolean {
    const isAhead = this.observed.some(({ to }) => to > after);
    return isAhead && [...this.byId.values()].some((metric) => metric.exceeds(after + 1, until + 1, 0));
  }

  private get rows(): number {
    return [...this.byId.values()].reduce((sum, { length }) => sum + length, 0);
  }

  private make(id: string): MemoryMetric {
    const metric = this.byId.get(id) ?? new MemoryMetric(() => this.observed);
    this.byId.set(id, metric);
    return metric;
  }

  private begin(span: { from: number; to: number }) {
    this.observed.push(span);
    this.observed.sort((a, b) => a.from - b.from);
    return span;
  }

  private dropBefore(oldest: number): void {
    for (const metric of this.byId.values()) metric.dropBefore(oldest);
    while (this.observed.length > 1 && (this.observed[0]?.to ?? oldest) < oldest) this.observed.shift();
  }

  /** Of the longest histories what is too much. */
  private dropExcess(): void {
    for (let excess = this.rows - MAX_CHANGES; excess > 0; excess--) {
      const longest = [...this.byId.values()].reduce((a, b) => (b.length > a.length ? b : a));
      longest.dropOldest();
    }
  }
}
