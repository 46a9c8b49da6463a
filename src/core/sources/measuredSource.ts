import type { MetricValue } from "../../protocol/snapshot.js";
import type { Deadline } from "../deadline.js";
import { scaledNumber, whyNotScaled } from "../formats/scaledNumber.js";
import type { LastRead, MetricShape, Source, SourceResult, SourceState } from "./source.js";
import { SourceError } from "./sourceError.js";

/** A value that is measured rather than read from a file. */
interface Measurement {
  readonly value: MetricValue;
  /** What to open for it: a file or folder, relative to the workspace folder; `null` for nothing. */
  readonly place: string | null;
}

export interface MeasuredMetric {
  readonly id: string;
  readonly shape: MetricShape;
  /** What is measured is multiplied by this; by 1 where left out. */
  readonly scale?: number;
  /** What is measured, in words for a message. */
  readonly name: string;
  /** Whether the metric is left out while there is nothing to measure. */
  readonly optional: boolean;
  /** For what a file system may leave without an answer; whatever else takes long ends by itself. */
  readonly deadline?: Deadline;
  /**
   * Measures; `null` where there is nothing to measure.
   * @throws SourceError
   */
  measure(): Promise<Measurement | null>;
}

/** A metric that is measured at every collection: files that match, commits, an answer from the web. */
export class MeasuredSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional: boolean;
  lastRead: LastRead | null = null;
  private state: SourceState;
  private revision = 0;
  private readAt: number | null = null;
  private pending: Promise<void> | null = null;

  constructor(private readonly metric: MeasuredMetric) {
    this.metrics = { [metric.id]: metric.shape };
    this.optional = metric.optional;
    this.state = { status: "unavailable", file: null, reading: null, error: missing(metric) };
  }

  async collect(): Promise<SourceResult> {
    this.pending ??= this.update();
    const { deadline } = this.metric;
    const ended = deadline ? await deadline.within(this.pending, "late") : await this.pending;
    if (ended === "late") this.change(this.failed("the file system does not answer. It is tried again."));
    return { state: this.state, revision: this.revision, readAt: this.readAt, recheckInMs: null };
  }

  private async update(): Promise<void> {
    this.lastRead = { at: Date.now(), size: null };
    this.change(await this.next());
    this.pending = null;
    this.readAt = Date.now();
  }

  private async next(): Promise<SourceState> {
    const { metric } = this;
    try {
      const measured = await metric.measure();
      if (measured === null)
        return { status: "unavailable", file: null, reading: null, error: missing(metric) };
      const value = scaledValue(measured.value, metric.scale ?? 1);
      const metrics = { [metric.id]: { value, line: null } };
      const reading = { metrics, content: String(value), recheckInMs: null };
      return { status: "available", file: measured.place, reading, error: null };
    } catch (error) {
      return this.failed(error instanceof SourceError ? error.reason : (String(error).split("\n")[0] ?? ""));
    }
  }

  /** The last good value stays. */
  private failed(reason: string): SourceState {
    const { state } = this;
    const error = `${this.metric.name}: ${reason}`;
    return state.reading
      ? { status: "stale", file: state.file, reading: state.reading, error }
      : { status: "unavailable", file: null, reading: null, error };
  }

  private change(state: SourceState): void {
    if (!sameState(state, this.state)) this.revision++;
    this.state = state;
  }
}

function scaledValue(value: MetricValue, scale: number): MetricValue {
  if (typeof value !== "number") return value;
  const scaled = scaledNumber(value, scale);
  if (scaled === null) throw new SourceError(whyNotScaled(value, scale));
  return scaled;
}

function missing({ name }: MeasuredMetric): string {
  return `${name} was not found.`;
}

function sameState(a: SourceState, b: SourceState): boolean {
  return a.status === b.status && a.error === b.error && a.reading?.content === b.reading?.content;
}
