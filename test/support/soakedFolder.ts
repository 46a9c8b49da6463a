import { appendFileSync, copyFileSync, renameSync, truncateSync } from "node:fs";
import type { MetricValue } from "../../src/protocol/snapshot.js";
import type { GitRepository } from "./gitRepository.js";

/** What clients are to see of a change. */
export interface Expected {
  /** Each metric's value, and whether it could be had just now. */
  readonly metrics: Readonly<Record<string, readonly [value: MetricValue, available: boolean]>>;
  /** Metrics whose alert fires; those of all others do not. */
  readonly firing: readonly string[];
}

const SLOW_MS = 400;
const QUICK_MS = 100;
const CONFIG = {
  metrics: {
    latency: { file: "app.log", match: "took (?<value>[0-9.]+)ms", unit: "ms" },
    answers: { file: "app.log", match: "took", aggregate: "count" },
    jobs: { file: "jobs.log", match: "job (?<value>\\d+)" },
    open: { file: "bugs.json", query: "length(items)" },
    drafts: { files: "drafts/*.md", aggregate: "count" },
  },
  alerts: [{ metric: "latency", above: (SLOW_MS + QUICK_MS) / 2, coolDown: "0s", severity: "warning" }],
};

/** A folder whose every file changes with each turn: in place, by rename, at its end, rotated, broken, gone and back. */
export class SoakedFolder {
  private turn = 0;
  private answers = 0;
  private commits = 1;
  private open = 0;

  constructor(private readonly folder: GitRepository) {
    folder.commit();
    folder.write({
      "fusion.json": JSON.stringify(CONFIG),
      "app.log": "",
      "jobs.log": "",
      "drafts/old.md": "",
    });
  }

  /** @returns what is to be seen of it, and of all before it */
  change(): Expected {
    const turn = ++this.turn;
    if (turn % 30 === 0) {
      this.folder.commit();
      this.commits += 1;
    }
    this.write("revenue_snapshot.json", JSON.stringify({ mrr: 10_000 + turn, currency: "USD" }));
    const hasDraft = turn % 2 === 0;
    if (hasDraft) this.folder.write({ "drafts/new.md": "" });
    else if (turn > 1) this.folder.remove("drafts/new.md");
    const took = turn % 10 < 5 ? QUICK_MS : SLOW_MS;
    const metrics = {
      revenue: [10_000 + turn, true],
      commits: [this.commits, true],
      drafts: [hasDraft ? 2 : 1, true],
      memos: this.changeMemos(turn),
      open: this.changeBugs(turn),
      latency: [this.answer(took, turn), true],
      answers: [this.answers, true],
      jobs: [this.finishJob(turn), true],
      driveSync: [this.sync(turn), true],
    } satisfies Expected["metrics"];
    const { driveSync } = metrics;
    // That a sync failed is an alert that nobody has to declare.
    const firing = [driveSync[0] === "ERROR" ? "driveSync" : null, took === SLOW_MS ? "latency" : null];
    return { metrics, firing: firing.filter((id) => id !== null) };
  }

  /** Gone now and then. */
  private changeMemos(turn: number): readonly [MetricValue, boolean] {
    if (turn % 8 === 7) {
      this.folder.remove("memo_index.json");
      return [null, false];
    }
    this.write("memo_index.json", JSON.stringify({ totalMemos: turn % 500 }));
    return [turn % 500, true];
  }

  /** Broken now and then: the last good value stays. */
  private changeBugs(turn: number): readonly [MetricValue, boolean] {
    if (turn % 6 === 5) {
      this.folder.write({ "bugs.json": '{"items": [1, 2,' });
      return [this.open, false];
    }
    this.open = turn % 7;
    this.write("bugs.json", JSON.stringify({ items: Array.from({ length: this.open }, () => 0) }));
    return [this.open, true];
  }

  /** Rotated by rename now and then: each line counts once. */
  private answer(took: number, turn: number): number {
    const log = this.folder.resolve("app.log");
    if (turn % 15 === 0) renameSync(log, `${log}.1`);
    const lines = 1 + (turn % 20);
    appendFileSync(log, `GET /customers took ${took}.5ms\n`.repeat(lines));
    this.answers += lines;
    return took + 0.5;
  }

  /** Copied and truncated now and then. */
  private finishJob(turn: number): number {
    const log = this.folder.resolve("jobs.log");
    if (turn % 20 === 0) {
      copyFileSync(log, `${log}.1`);
      truncateSync(log, 0);
    }
    appendFileSync(log, `job ${turn} done\n`);
    return turn;
  }

  private sync(turn: number): string {
    const status = turn % 9 === 0 ? "ERROR" : "OK";
    appendFileSync(this.folder.resolve("drive_sync.log"), `${new Date().toISOString()} ${status}\n`);
    return status;
  }

  /** In place and by rename, in turns. */
  private write(file: string, content: string): void {
    if (this.turn % 2 === 0) this.folder.write({ [file]: content });
    else this.folder.writeAtomically(file, content);
  }
}
