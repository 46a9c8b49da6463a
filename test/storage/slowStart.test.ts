import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.js";
import { FollowedHistory } from "../../src/core/history/followedHistory.js";
import { AddedSources } from "../../src/core/sources/addedSources.js";
import type { Source, SourceResult } from "../../src/core/sources/source.js";
import { FusionStream } from "../../src/core/stream.js";
import { folderSource } from "../support/folderStream.js";
import { HISTORY_WORKER, HistoryFolder } from "../support/historyFolder.js";
import { waitFor } from "../support/waitFor.js";

/** A source that keeps whoever reads it waiting until it is released. */
class HeldSource implements Source {
  readonly metrics;
  value: number | null = 5;
  hold = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly id: string,
    readonly optional: boolean,
  ) {
    this.metrics = { [id]: { label: id, format: "number", unit: null, icon: null } as const };
  }

  async collect(): Promise<SourceResult> {
    if (this.hold) await new Promise<void>((go) => this.waiting.push(go));
    const { id, value } = this;
    const reading = { metrics: { [id]: { value, line: null } }, content: String(value), recheckInMs: null };
    const state =
      value === null
        ? ({ status: "unavailable", file: null, reading: null, error: "It was not found." } as const)
        : ({ status: "available", file: null, reading, error: null } as const);
    return { state, revision: value ?? 0, readAt: Date.now(), recheckInMs: null };
  }

  release(): void {
    this.hold = false;
    for (const go of this.waiting.splice(0)) go();
  }
}

describe("the history of a folder whose sources are late at a restart", () => {
  let place: HistoryFolder;
  let sources: readonly HeldSource[];
  let end: () => Promise<void>;

  beforeEach(() => {
    place = new HistoryFolder();
    sources = [new HeldSource("always", false), new HeldSource("maybe", true)];
    end = async () => undefined;
  });
  afterEach(async () => {
    for (const source of sources) source.release();
    await end();
    await place.dispose();
  });

  /** The stream of a process, with its history. */
  async function begin() {
    const added = new AddedSources();
    for (const source of sources) {
      added.add({ name: source.id, source, isOwn: true, onChange: () => ({ dispose: () => undefined }) });
    }
    const stream = new FusionStream({ clock: systemClock, log: () => undefined });
    const history = new FollowedHistory({
      stream,
      clock: systemClock,
      workerScript: HISTORY_WORKER,
      retentionDays: () => 400,
      log: (line) => place.troubles.push(line),
    });
    await history.follow({ file: place.file, repository: null });
    end = async () => {
      stream.dispose();
      await history.dispose();
    };
    stream.follow(folderSource(place.folder.path, systemClock, undefined, { added }));
    await waitFor(() => stream.latest, { message: "the first emission" });
    return {
      /** All that is kept of a metric. */
      kept: async (metric: string) => {
        const { points } = await history.query({ metric, from: Date.now() - 60_000, to: Date.now() });
        return points.map(([, value]) => value);
      },
      shows: (value: number | null) =>
        waitFor(() => sources.every(({ id }) => (stream.latest?.metrics[id]?.value ?? null) === value)),
      metrics: () => history.metrics(),
    };
  }

  it("has a value once that is what it was", async () => {
    await (await begin()).shows(5);
    await end();
    for (const source of sources) source.hold = true;
    const again = await begin();
    for (const { id } of sources) assert.deepEqual(await again.kept(id), [5], "while it is read");
    for (const source of sources) source.release();
    await again.shows(5);
    for (const { id } of sources) assert.deepEqual(await again.kept(id), [5], "once it is read");
  });

  it("has what became of it meanwhile", async () => {
    await (await begin()).shows(5);
    await end();
    for (const source of sources) source.hold = true;
    const again = await begin();
    for (const source of sources) source.value = null;
    for (const source of sources) source.release();
    await waitFor(async () => (await again.kept("always")).length > 1);
    for (const { id } of sources) assert.deepEqual(await again.kept(id), [5, null]);
  });

  it("begins with the first value, and knows nothing of what is not there", async () => {
    for (const source of sources) source.hold = true;
    const { kept, shows, metrics } = await begin();
    assert.deepEqual(
      (await metrics()).filter((id) => sources.some((source) => source.id === id)),
      [],
    );
    for (const source of sources) source.release();
    await shows(5);
    for (const { id } of sources) assert.deepEqual(await kept(id), [5]);
  });
});
