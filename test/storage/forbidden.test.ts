import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.js";
import { FollowedHistory } from "../../src/core/history/followedHistory.js";
import { FollowedFolder } from "../support/followedFolder.js";
import { type ForbiddenFolder, readOnlyDisk, withoutRights } from "../support/forbiddenFolder.js";
import { HISTORY_WORKER } from "../support/historyFolder.js";
import { waitFor } from "../support/waitFor.js";

/** The storage is tried again every 3 s; on a busy machine that takes longer. */
const PATIENCE = { timeout: 30_000 };

describe("a history that may not be written", () => {
  let folder: FollowedFolder;
  let history: FollowedHistory;
  let forbidden: ForbiddenFolder | null = null;
  const log: string[] = [];

  beforeEach(() => {
    log.length = 0;
    folder = new FollowedFolder();
    history = new FollowedHistory({
      stream: folder.stream,
      clock: systemClock,
      workerScript: HISTORY_WORKER,
      retentionDays: () => 400,
      log: (line) => log.push(line),
    });
  });
  afterEach(async () => {
    await history.dispose();
    forbidden?.dispose();
    forbidden = null;
    folder.dispose();
  });

  /** Changes while the history waits, which it has when it may be written. */
  async function outlasts({ allow }: ForbiddenFolder): Promise<void> {
    const place = folder.resolve("place");
    history.follow({ file: `${place}/history.sqlite`, repository: null });
    folder.follow();
    const isKept = () => folder.stream.status().history;
    await waitFor(() => isKept() === "waiting", { ...PATIENCE, message: "the history to wait" });
    const since = Date.now();
    for (const mrr of [101, 102, 103]) {
      writeRevenue(mrr);
      await folder.shows("revenue", mrr);
    }
    await assert.rejects(history.metrics(), /cannot be kept/);
    allow();
    await waitFor(() => isKept() === "stored", { ...PATIENCE, message: "the history to go on" });
    const range = { from: since - 60_000, to: Date.now() };
    const { points } = await history.query({ metric: "revenue", ...range });
    assert.deepEqual(
      points.map(([, value]) => value),
      [100, 101, 102, 103],
    );
    assert.equal(log.length, 1, log.join("\n"));
    assert.match(log[0] ?? "", /cannot be kept: .*It goes on by itself when that is mended\./);
  }

  const writeRevenue = (mrr: number) =>
    folder.write({ "revenue_snapshot.json": JSON.stringify({ mrr, currency: "USD" }) });

  it("waits for the right to write in its folder, while all else goes on", async () => {
    writeRevenue(100);
    forbidden = withoutRights(folder.resolve("place"));
    await outlasts(forbidden);
  });

  it("waits for a read-only disk, where one can be mounted, while all else goes on", async () => {
    writeRevenue(100);
    forbidden = readOnlyDisk(folder.resolve("place")) ?? withoutRights(folder.resolve("place"));
    await outlasts(forbidden);
  });
});
