import { resolve } from "node:path";
import { type Clock, systemClock } from "../../src/core/clock.js";
import { openDatabase } from "../../src/core/history/database.js";
import { History } from "../../src/core/history/history.js";
import { SqliteStore } from "../../src/core/history/sqliteStore.js";
import type { MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import { metric } from "./snapshots.js";
import { TemporaryFolder } from "./temporaryFolder.js";

/** The worker as it is shipped. */
export const HISTORY_WORKER = resolve("dist/core/history/historyWorker.js");

/** When the writer that is killed begins. */
export const WRITER_BEGIN = Date.parse("2025-11-08T17:00:00Z");

/** A folder with a history, and what was said of its troubles. */
export class HistoryFolder {
  readonly folder = new TemporaryFolder();
  readonly troubles: string[] = [];
  private readonly open: History[] = [];

  constructor(readonly file = "") {
    this.file ||= this.folder.resolve("history.sqlite");
  }

  /** The history in the folder's file, as the product opens it. */
  history(clock: Clock = systemClock): History {
    const onTrouble = (message: string) => this.troubles.push(message);
    const history = new History({ file: this.file, workerScript: HISTORY_WORKER, clock, onTrouble });
    this.open.push(history);
    return history;
  }

  /** The store without its worker. */
  async store(): Promise<SqliteStore> {
    return new SqliteStore(openDatabase(await import("node:sqlite"), this.file, () => {}));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.open.map((history) => history.dispose()));
    this.folder.dispose();
  }
}

/** The part of a snapshot that a history keeps. */
export function observed(
  at: number,
  values: Readonly<Record<string, MetricValue>>,
): Pick<Snapshot, "timestamp" | "metrics"> {
  const metrics = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, metric({ value })]));
  return { timestamp: new Date(at).toISOString(), metrics };
}

/** A file of several pieces as one text. */
export async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}
