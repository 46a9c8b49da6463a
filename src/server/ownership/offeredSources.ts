import { Deadline } from "../../core/deadline.js";
import { type Disposable, DisposableStore } from "../../core/disposable.js";
import { EventSource } from "../../core/event.js";
import type { AddedSource, AddedSources } from "../../core/sources/addedSources.js";
import type { LastRead, MetricShape, Source, SourceResult } from "../../core/sources/source.js";

/** A source that a process without the stream reads for the one that has it. */
export interface OfferedSource {
  /** Tells it from the others of the same process. */
  readonly id: number;
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricShape>>;
}

/** The sources of this process, as it offers them to the owner. */
export class SourceOffer implements Disposable {
  private readonly ids = new WeakMap<AddedSource, number>();
  private readonly subscriptions = new DisposableStore();
  private offered: readonly AddedSource[] = [];
  private watched = new DisposableStore();
  private last = 0;

  /**
   * @param offer told all of them, at first and whenever they change
   * @param change told which one's values may have changed
   */
  constructor(
    private readonly sources: AddedSources,
    private readonly offer: (sources: readonly OfferedSource[]) => void,
    private readonly change: (id: number) => void,
  ) {
    this.subscriptions.add(sources.onChange(() => this.update()));
    this.update();
  }

  /** @throws Error where there is none of this id any more */
  async read(id: number): Promise<SourceResult> {
    const found = this.offered.find((added) => this.ids.get(added) === id);
    if (found === undefined) throw new Error("This source has ended.");
    return await found.source.collect();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.watched.dispose();
  }

  private update(): void {
    const offered = this.sources.list.filter(({ isOwn }) => isOwn);
    if (offered.length === this.offered.length && offered.every((one, at) => one === this.offered[at]))
      return;
    this.offered = offered;
    this.watched.dispose();
    this.watched = new DisposableStore();
    for (const added of offered) {
      const id = this.ids.get(added) ?? ++this.last;
      this.ids.set(added, id);
      this.watched.add(added.onChange(() => this.change(id)));
    }
    this.offer(
      offered.map((added) => ({
        id: this.ids.get(added) as number,
        name: added.name,
        metrics: added.source.metrics,
      })),
    );
  }
}

/** The sources of one other process, as the owner collects from them. */
export class RemoteSources implements Disposable {
  private held = new Map<number, { readonly source: RemoteSource; readonly entry: Disposable }>();

  /** @param read asks the other process */
  constructor(
    private readonly sources: AddedSources,
    private readonly read: (id: number) => Promise<SourceResult>,
  ) {}

  /** These are all that it offers now. */
  take(offered: readonly OfferedSource[]): void {
    const next = new Map(this.held);
    for (const id of this.held.keys()) if (!offered.some((one) => one.id === id)) next.delete(id);
    for (const one of offered) {
      if (next.has(one.id)) continue;
      const source = new RemoteSource(one, () => this.read(one.id));
      next.set(one.id, { source, entry: this.sources.add(source) });
    }
    for (const [id, { entry }] of this.held) if (!next.has(id)) entry.dispose();
    this.held = next;
  }

  changed(id: number): void {
    this.held.get(id)?.source.tellChanged();
  }

  dispose(): void {
    this.take([]);
  }
}

/** A process that takes longer (ms) was halted, or is gone in a moment. */
const patience = new Deadline(15_000);

const NOT_READ: SourceResult = {
  state: { status: "unavailable", file: null, reading: null, error: "It has not been read yet." },
  revision: 0,
  readAt: null,
  recheckInMs: null,
};

const HALTED = "The window that reads this does not answer.";

class RemoteSource implements AddedSource, Source {
  readonly isOwn = false;
  readonly optional = false;
  readonly source = this;
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricShape>>;
  lastRead: LastRead | null = null;
  private result = NOT_READ;
  /** As the owner counts: that of the other process does not tell that it was halted. */
  private revision = 0;
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });

  constructor(
    { name, metrics }: OfferedSource,
    private readonly read: () => Promise<SourceResult>,
  ) {
    this.name = name;
    this.metrics = metrics;
  }

  async collect(): Promise<SourceResult> {
    const result = await patience.within(
      this.read().catch(() => null),
      null,
    );
    const next = result ?? halted(this.result);
    if (next.revision !== this.result.revision || next.state.error !== this.result.state.error)
      this.revision++;
    this.result = next;
    if (next.readAt !== null) this.lastRead = { at: next.readAt, size: null };
    return { ...next, revision: this.revision };
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  tellChanged(): void {
    this.changes.fire();
  }
}

function halted(last: SourceResult): SourceResult {
  const { reading } = last.state;
  const state = reading
    ? ({ status: "stale", file: null, reading, error: HALTED } as const)
    : ({ status: "unavailable", file: null, reading: null, error: HALTED } as const);
  return { ...last, state };
}
