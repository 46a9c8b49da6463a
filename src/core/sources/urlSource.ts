import type { Clock } from "../clock.js";
import type { Selection } from "../config/metricDefinition.js";
import type { Evaluator } from "./evaluator.js";
import { fetchJson, MIN_INTERVAL_MS } from "./httpJson.js";
import { MeasuredSource } from "./measuredSource.js";
import { RateLimitError } from "./rateLimit.js";
import type { LastRead, MetricShape, Source, SourceResult } from "./source.js";
import { SourceError } from "./sourceError.js";
import { readingOf } from "./userFile.js";

export interface UrlMetric {
  readonly id: string;
  readonly url: string;
  readonly selection: Selection;
  readonly shape: MetricShape;
  readonly scale: number;
}

/** A value of a JSON document on the web, asked for no more often than is polite. */
export class UrlSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional = false;
  private readonly measured: MeasuredSource;
  private document: { readonly text: string; readonly etag: string | null } | null = null;
  /** On the clock that does not jump (ms). */
  private askAgainAt = Number.NEGATIVE_INFINITY;
  private askedAt: number | null = null;
  private refused: SourceError | null = null;

  constructor(
    private readonly metric: UrlMetric,
    private readonly evaluator: Evaluator,
    private readonly clock: Pick<Clock, "monotonic">,
  ) {
    const { id, url, shape } = metric;
    this.measured = new MeasuredSource({
      id,
      shape,
      name: url,
      optional: false,
      measure: () => this.measure(),
    });
    this.metrics = this.measured.metrics;
  }

  get lastRead(): LastRead | null {
    return this.measured.lastRead;
  }

  async collect(): Promise<SourceResult> {
    return { ...(await this.measured.collect()), readAt: this.askedAt };
  }

  private async measure() {
    await this.ask();
    const { metric, document } = this;
    if (document === null) throw new SourceError("there was no answer yet.");
    const { values } = await this.evaluator.evaluate({
      kind: "whole",
      format: "json",
      bytes: Buffer.from(document.text),
      selections: [metric.selection],
    });
    const { value, error } = readingOf(metric, values[0]);
    if (error !== undefined) throw new SourceError(error);
    return { value, place: null };
  }

  /** Asks again where the last answer is old enough; a refusal holds as long as it says. */
  private async ask(): Promise<void> {
    const { clock } = this;
    if (clock.monotonic() < this.askAgainAt) {
      if (this.refused) throw this.refused;
      return;
    }
    this.askAgainAt = clock.monotonic() + MIN_INTERVAL_MS;
    this.refused = null;
    try {
      const { etag = null } = this.document ?? {};
      const answer = await fetchJson(this.metric.url, etag === null ? {} : { etag });
      if (answer.status === "fresh") this.document = { text: answer.text, etag: answer.etag };
    } catch (error) {
      if (error instanceof RateLimitError) {
        const wait = error.retryAt - Date.now();
        this.askAgainAt = Math.max(this.askAgainAt, clock.monotonic() + wait);
      }
      if (error instanceof SourceError) this.refused = error;
      throw error;
    } finally {
      this.askedAt = Date.now();
    }
  }
}
