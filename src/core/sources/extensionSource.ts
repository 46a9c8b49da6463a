import type { Clock } from "../clock.js";
import type { Disposable } from "../disposable.js";
import { clipped } from "../formats/clippedText.js";
import { firstLine } from "../health/firstLine.js";
import { carryOver } from "./carryOver.js";
import type {
  LastRead,
  MetricReading,
  MetricShape,
  Reading,
  Source,
  SourceResult,
  SourceState,
} from "./source.js";

/** An extension that takes longer (ms) to give its values is not waited for. */
const READ_LIMIT_MS = 10_000;

/** Values that nobody said have changed are asked for again after this time (ms). */
const REST_MS = 1_000;

const MAX_TEXT_LENGTH = 1_000;

export interface ExtensionValues {
  /** What people call the extension. */
  readonly title: string;
  /** How each value is shown, by the name that the extension gives it, with the metric's id. */
  readonly metrics: ReadonlyMap<string, { readonly id: string; readonly shape: MetricShape }>;
  /** Gives every value by its name. May do anything: it is another extension's code. */
  read(signal: AbortSignal): unknown;
}

/** Values that another extension gives. Whatever it does is that source's trouble alone. */
export class ExtensionSource implements Source, Disposable {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional = false;
  lastRead: LastRead | null = null;
  private state: SourceState;
  private revision = 0;
  private changed = true;
  /** Whether a call is under way: it may go on after its time was up. */
  private reading = false;
  /** Before what was told meanwhile is read. */
  private resting: Disposable | null = null;
  private readonly ending = new AbortController();

  /** @param onChange called when the values may have changed */
  constructor(
    private readonly values: ExtensionValues,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {
    this.metrics = Object.fromEntries([...values.metrics.values()].map(({ id, shape }) => [id, shape]));
    this.state = {
      status: "unavailable",
      file: null,
      reading: null,
      error: this.said("has given no values yet."),
    };
  }

  /** The extension says that its values may have changed. */
  tellChanged(): void {
    this.changed = true;
    if (!this.reading) this.onChange();
  }

  async collect(): Promise<SourceResult> {
    const isOver = this.ending.signal.aborted;
    if (!isOver && !this.reading && (this.changed || this.isRested())) await this.ask();
    return {
      state: this.state,
      revision: this.revision,
      readAt: this.lastRead?.at ?? null,
      recheckInMs: null,
    };
  }

  /** Whoever waits for values gets those that are known. */
  dispose(): void {
    this.ending.abort();
    this.resting?.dispose();
  }

  private isRested(): boolean {
    return this.lastRead === null || Math.abs(this.clock.now() - this.lastRead.at) >= REST_MS;
  }

  /** Settles when the values are there or the time is up; what comes later is not taken. */
  private ask(): Promise<void> {
    this.changed = false;
    this.reading = true;
    this.lastRead = { at: this.clock.now(), size: null };
    return new Promise((resolve) => {
      const late = new AbortController();
      const timer = this.clock.schedule(READ_LIMIT_MS, () => {
        this.take(this.failed("did not give its values within 10 seconds."));
        late.abort();
      });
      const signal = AbortSignal.any([this.ending.signal, late.signal]);
      const settle = () => {
        timer.dispose();
        resolve();
      };
      signal.addEventListener("abort", settle);
      void this.next(signal).then((state) => {
        this.reading = false;
        if (!signal.aborted) this.take(state);
        this.readAgain();
        settle();
      });
    });
  }

  /** What was told while the values were read is read after a rest: to read may be what changes them. */
  private readAgain(): void {
    if (!this.changed || this.ending.signal.aborted) return;
    this.resting?.dispose();
    this.resting = this.clock.schedule(REST_MS, this.onChange);
  }

  private async next(signal: AbortSignal): Promise<SourceState> {
    try {
      const given = await this.values.read(signal);
      if (typeof given !== "object" || given === null)
        return this.failed("gave no object with values by name.");
      const last = this.state.reading;
      const reading = carryOver(last, this.readingOf(given));
      return { status: "available", file: null, reading, error: null };
    } catch (error) {
      return this.failed(`could not give its values: ${messageOf(error)}`);
    }
  }

  private readingOf(given: object): Reading {
    const metrics = [...this.values.metrics].map(
      ([name, { id }]) => [id, this.metricOf(name, given)] as const,
    );
    return {
      metrics: Object.fromEntries(metrics),
      content: JSON.stringify(metrics),
      recheckInMs: null,
    };
  }

  private metricOf(name: string, given: object): MetricReading {
    const value: unknown = Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined;
    if (typeof value === "string") return { value: clipped(value, MAX_TEXT_LENGTH), line: null };
    // −0 is written as 0 everywhere else.
    if (typeof value === "number" && Number.isFinite(value)) return { value: value + 0, line: null };
    const quoted = JSON.stringify(name);
    if (value === undefined) return wrong(this.said(`left out ${quoted}.`));
    if (value !== null)
      return wrong(
        this.said(`gave ${describe(value)} for ${quoted}. It must be a finite number, a text or null.`),
      );
    return { value: null, line: null, warning: this.said(`has no value for ${quoted} now.`) };
  }

  private failed(trouble: string): SourceState {
    const { reading } = this.state;
    const error = this.said(trouble);
    return reading
      ? { status: "stale", file: null, reading, error }
      : { status: "unavailable", file: null, reading: null, error };
  }

  private said(trouble: string): string {
    return `The extension ${this.values.title} ${trouble}`;
  }

  private take(state: SourceState): void {
    const { state: before } = this;
    const same =
      state.status === before.status &&
      state.error === before.error &&
      state.reading?.content === before.reading?.content;
    if (same) return;
    this.revision++;
    this.state = state;
  }
}

function wrong(error: string): MetricReading {
  return { value: null, line: null, error };
}

function describe(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const MAX_MESSAGE_LENGTH = 200;

/** The first line of what was thrown, which may be anything. */
function messageOf(error: unknown): string {
  let text = "it threw something that cannot be written.";
  try {
    text = firstLine(error);
  } catch {
    // It stays at that.
  }
  return clipped(text, MAX_MESSAGE_LENGTH);
}
