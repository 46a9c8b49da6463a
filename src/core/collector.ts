import type { Snapshot } from "../protocol/snapshot.js";
import type { ChangeStore } from "./changeStore.js";
import type { Clock } from "./clock.js";
import { type CollectionPlan, type ComposedSnapshot, Composer } from "./composer.js";
import { isFirstAwaited } from "./sources/patientSource.js";
import type { Source, SourceResult } from "./sources/source.js";

/** What one collection gave; the stream numbers the snapshot when it emits it. */
export interface Collection {
  /** Where nothing changed it is made only when it is asked for: most often nobody does. */
  readonly snapshot: Omit<Snapshot, "sequence">;
  /** Ids of the metrics of sources whose first reading is under way: those that are left out may come yet. */
  readonly unread: readonly string[];
  /** Whether any source changed since the collection before. */
  readonly changed: boolean;
  /** Milliseconds. */
  readonly collectMs: number;
  /** Milliseconds after which to collect again though nobody wrote; `null` if never. */
  readonly recheckInMs: number | null;
}

/** Reads all sources of one workspace folder, side by side, into one snapshot. */
export class Collector {
  private readonly composer: Composer;
  private revisions = "";
  private plan: CollectionPlan | null = null;
  private composed: ComposedSnapshot | null = null;
  private readonly recalled: Promise<void>;

  /**
   * @param last the snapshot that the first one comes after, where there was one
   * @param changes keeps when each value changed last
   */
  constructor(
    private readonly clock: Clock,
    last: Snapshot | null = null,
    changes: ChangeStore | null = null,
  ) {
    this.composer = new Composer(last, changes);
    this.recalled = this.composer.recall();
  }

  /** Never rejects because of a source: each one's trouble is its own. */
  async collect(plan: CollectionPlan): Promise<Collection> {
    const begun = this.clock.monotonic();
    const [results] = await Promise.all([collectAll(plan.sources), this.recalled]);
    const revisions = results.map(({ revision }) => revision).join();
    const timestamp = new Date(this.clock.now()).toISOString();
    const known = revisions === this.revisions && plan === this.plan ? this.composed : null;
    const composed = known ?? this.composer.compose(plan, results, timestamp);
    this.revisions = revisions;
    this.plan = plan;
    this.composed = composed;
    let snapshot = known === null ? composed.snapshot : null;
    return {
      get snapshot() {
        snapshot ??= composed.readAgain(results, timestamp);
        return snapshot;
      },
      unread: plan.sources.flatMap((source, index) =>
        isFirstAwaited(results[index] as SourceResult) ? Object.keys(source.metrics) : [],
      ),
      changed: known === null,
      collectMs: this.clock.monotonic() - begun,
      recheckInMs: results.reduce<number | null>(
        (soonest, { recheckInMs }) =>
          recheckInMs === null || (soonest !== null && soonest <= recheckInMs) ? soonest : recheckInMs,
        null,
      ),
    };
  }
}

/** Every source's result, in their order: by a glance where that is enough. */
function collectAll(sources: readonly Source[]): Promise<SourceResult[]> {
  return new Promise((resolve, reject) => {
    const results = new Array<SourceResult>(sources.length);
    let missing = sources.length;
    const add = (index: number, result: SourceResult) => {
      results[index] = result;
      if (--missing === 0) resolve(results);
    };
    for (const [index, source] of sources.entries()) {
      const collect = () => source.collect().then((result) => add(index, result), reject);
      if (!source.glance) void collect();
      else source.glance((result) => (result === null ? void collect() : add(index, result)));
    }
    if (missing === 0) resolve(results);
  });
}
