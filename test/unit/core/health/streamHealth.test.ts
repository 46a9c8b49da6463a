import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { StreamFigures } from "../../../../src/core/health/streamFigures.js";
import { FusionStream } from "../../../../src/core/stream.js";
import { folderSource } from "../../../support/folderStream.js";
import { GitRepository } from "../../../support/gitRepository.js";
import { ManualClock } from "../../../support/manualClock.js";
import { waitFor } from "../../../support/waitFor.js";

const REVENUE = "revenue_snapshot.json";

describe("stream health", () => {
  let folder: GitRepository;
  let clock: ManualClock;
  let stream: FusionStream;

  beforeEach(() => {
    folder = new GitRepository();
    folder.commit();
    folder.write({
      [REVENUE]: '{"mrr": 12450}',
      "memos/a.md": "",
      "fusion.json": JSON.stringify({
        metrics: {
          drafts: { files: "memos/*.md" },
          stars: { url: "http://127.0.0.1:1/stats.json?key=secret", query: "stars" },
        },
      }),
    });
    clock = new ManualClock();
    stream = new FusionStream({ clock, log: () => undefined });
  });
  afterEach(() => {
    stream.dispose();
    folder.dispose();
  });

  const source = (name: string) => stream.health().sources.find((each) => each.name === name);

  it("counts failures with their reasons, the newest first, and keeps the last five", async () => {
    let attempt = 0;
    const inner = folderSource(folder.path, clock);
    stream.follow({
      watching: true,
      collect: () => Promise.reject(new Error(`attempt ${++attempt}\n    at /home/somebody/project`)),
      figures: () => inner.figures(),
      // No news of the folder's files begins a collection of its own.
      onChange: () => ({ dispose() {} }),
      dispose: () => inner.dispose(),
    });
    await waitFor(() => stream.health().metrics.failures.length === 1);
    for (let more = 0; more < 6; more++) {
      clock.advance(1_000);
      await assert.rejects(stream.refresh());
    }
    const { failures, failedEmissions, totalEmissions } = stream.health().metrics;
    assert.deepEqual([failedEmissions, totalEmissions], [7, 0]);
    assert.deepEqual(
      failures.map(({ message }) => message),
      [7, 6, 5, 4, 3].map((number) => `attempt ${number}`),
    );
    assert.equal(failures[0]?.time, "2025-11-08T17:00:06.000Z");
  });

  it("tells times to collect and to hand over, of the stream's own clock", async () => {
    stream.onSnapshot(() => clock.advance(30));
    stream.follow(folderSource(folder.path, clock));
    await waitFor(() => stream.latest);
    const { collectMs, emitMs, cpuPercent, memory } = stream.health().metrics;
    assert.deepEqual(emitMs, { p50: 30, p95: 30 });
    assert.deepEqual(stream.status().metrics.emitMs, emitMs);
    assert.equal(collectMs.p50, 0);
    assert.ok(cpuPercent >= 0 && memory.rss > memory.heapUsed && memory.heapUsed > 1_000_000);
  });

  it("tells how late its timer fired, but not of a sleep", async () => {
    const figures = new StreamFigures();
    for (const late of [0.2, 40, 8 * 3_600_000, -0.1]) figures.ticked(late);
    assert.deepEqual(figures.details().eventLoopDelayMs, { p50: 0.2, p95: 40 });
    stream.follow(folderSource(folder.path, clock));
    await waitFor(() => stream.latest);
    assert.equal(stream.health().metrics.eventLoopDelayMs.p95, null);
    clock.advance(15_000);
    assert.equal(stream.health().metrics.eventLoopDelayMs.p95, 0);
  });

  it("has a row for each source: what, how fresh, how large, and what was wrong", async () => {
    stream.follow(folderSource(folder.path, clock));
    await waitFor(() => source(REVENUE)?.state === "available" && source("memos/*.md")?.readAt);
    await waitFor(() => source("127.0.0.1:1/stats.json")?.lastError, { message: "the refused connection" });
    assert.deepEqual(
      stream.health().sources.map(({ kind, name, metrics }) => [kind, name, metrics.join()]),
      [
        ["file", "memo_index.json", "memos"],
        ["file", REVENUE, "revenue"],
        ["file", "drive_sync.log", "driveSync"],
        ["file", "ERIC_recommendations.json", "recommendations"],
        ["git", "git", "commits"],
        ["files", "memos/*.md", "drafts"],
        ["url", "127.0.0.1:1/stats.json", "stars"],
      ],
    );
    const { readAt, cost, ...rest } = source(REVENUE) ?? {};
    assert.deepEqual(rest, {
      ...{ kind: "file", name: REVENUE, metrics: ["revenue"], state: "available" },
      ...{ changedAt: "2025-11-08T17:00:00.000Z", size: 14, lastError: null },
    });
    assert.ok(readAt && cost?.last !== null);
    assert.equal(source("memo_index.json")?.state, "unavailable");
    assert.equal(source("memo_index.json")?.changedAt, null);
  });

  it("keeps the last error of a source that is well again, and when it was", async () => {
    stream.follow(folderSource(folder.path, clock));
    await waitFor(() => source(REVENUE)?.state === "available");
    clock.advance(1_000);
    folder.write({ [REVENUE]: '{"mrr": ' });
    await stream.refresh();
    await waitFor(async () => (await stream.refresh()) && source(REVENUE)?.state === "stale");
    clock.advance(1_000);
    folder.write({ [REVENUE]: '{"mrr": 12900, "currency": "EUR"}' });
    await waitFor(async () => (await stream.refresh()) && source(REVENUE)?.state === "available");
    assert.match(source(REVENUE)?.lastError?.message ?? "", /revenue_snapshot\.json/);
    assert.equal(source(REVENUE)?.lastError?.time, "2025-11-08T17:00:01.000Z");
    assert.equal(source(REVENUE)?.changedAt, "2025-11-08T17:00:02.000Z");
    assert.equal(source(REVENUE)?.size, 33);
  });

  it("counts as a reading only what was read", async () => {
    // What was just written is read again: its stamps may not tell the next write apart.
    const past = new Date(Date.now() - 60_000);
    utimesSync(folder.resolve(REVENUE), past, past);
    stream.follow(folderSource(folder.path, clock));
    await waitFor(() => source(REVENUE)?.state === "available");
    const before = source(REVENUE)?.readAt;
    for (let round = 0; round < 5; round++) await stream.refresh();
    assert.equal(source(REVENUE)?.readAt, before);
    folder.write({ [REVENUE]: '{"mrr": 12900}' });
    await stream.refresh();
    assert.notEqual(source(REVENUE)?.readAt, before);
  });
});
