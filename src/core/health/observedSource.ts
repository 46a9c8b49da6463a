import type { SourceFigures, SourceKind, Trouble } from "../../protocol/health.js";
import type { Clock } from "../clock.js";
import type { Source, SourceResult, SourceState } from "../sources/source.js";
import { WrappedSource } from "../sources/wrappedSource.js";
import { RecentValues } from "./recentValues.js";

/** Readings that the costs speak of. */
const READINGS = 60;

export interface SourceName {
  readonly kind: SourceKind;
  /** As in `SourceFigures`; of a file that may stand in several places, its bare name. */
  readonly name: string;
}

/** The one place where it is measured what a source costs, and noted when it changed and what was wrong with it. */
export class ObservedSource extends WrappedSource {
  private readonly costs = new RecentValues(READINGS);
  private state: SourceState | null = null;
  private revision: number | null = null;
  private changedAt: string | null = null;
  private lastError: Trouble | null = null;

  constructor(
    source: Source,
    private readonly origin: SourceName,
    private readonly clock: Clock,
  ) {
    super(source);
  }

  async collect(): Promise<SourceResult> {
    const before = this.source.lastRead;
    const begun = this.clock.monotonic();
    const result = await this.source.collect();
    // To look at an unchanged file is no reading: a hundred of those would hide what one costs.
    if (this.source.lastRead !== before) this.costs.add(this.clock.monotonic() - begun);
    this.note(result);
    return result;
  }

  /** Not where it is left out while there is nothing to read, as there is now. */
  get isShown(): boolean {
    const { state, source } = this;
    return !source.optional || (state !== null && (state.status !== "unavailable" || state.file !== null));
  }

  /** `null` for a source that is not shown. */
  figures(): SourceFigures | null {
    if (!this.isShown) return null;
    const { state, origin, source } = this;
    const status = state?.status ?? "unavailable";
    const file = state?.file ?? null;
    const read = source.lastRead ?? null;
    return {
      kind: origin.kind,
      name: origin.kind === "file" ? (file ?? origin.name) : origin.name,
      metrics: Object.keys(source.metrics),
      state: status,
      readAt: read && new Date(read.at).toISOString(),
      changedAt: this.changedAt,
      size: status === "unavailable" ? null : (read?.size ?? null),
      cost: { last: this.costs.last, p95: this.costs.percentiles().p95 },
      lastError: this.lastError,
    };
  }

  private note({ state, revision }: SourceResult): void {
    const time = () => new Date(this.clock.now()).toISOString();
    if (state.status === "available" && revision !== this.revision) this.changedAt = time();
    if (state.error !== null && state.error !== this.state?.error)
      this.lastError = { time: time(), message: state.error };
    this.revision = revision;
    this.state = state;
  }
}
