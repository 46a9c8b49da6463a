import type { DatabaseSync } from "node:sqlite";
import { DEFAULT_RETENTION_DAYS } from "../../protocol/history.js";
import { type ClockReading, ConfirmedClock } from "./confirmedClock.js";
import type { MetricIds } from "./metricIds.js";
import { bucketOf, DAY_MS, HOUR_MS, MINUTE_MS, type NumberPoint, ROLLUP_LEVELS } from "./rollup.js";
import type { RollupTable } from "./rollupTable.js";
import { inTransaction } from "./schema.js";
import type { HistorySettings } from "./settings.js";

/** How long (ms) every single change is kept at least. */
const SINGLE_CHANGES_MS = 48 * HOUR_MS;

/** Rows dropped in one step: some milliseconds of work. */
const BATCH = 2_000;

/** Keeps the database small: rolls up single changes, and drops what has become too old. */
export class Maintenance {
  private readonly clock: ConfirmedClock;
  private readonly next;
  private readonly hour;
  private readonly dropNumbers;
  private readonly dropOthers;
  private readonly dropRollups;
  private readonly dropSpans;

  constructor(
    private readonly database: DatabaseSync,
    private readonly ids: MetricIds,
    private readonly settings: HistorySettings,
    private readonly rollups: RollupTable,
  ) {
    this.clock = new ConfirmedClock(settings.readings);
    this.next = database.prepare("SELECT min(at) AS at FROM number_change WHERE metric = ? AND at >= ?");
    this.hour = database.prepare(
      "SELECT at, value FROM number_change WHERE metric = ? AND at >= ? AND at < ? ORDER BY at",
    );
    this.dropNumbers = database.prepare(
      `DELETE FROM number_change WHERE metric = ?1 AND at IN
         (SELECT at FROM number_change WHERE metric = ?1 AND at < ?2 LIMIT ?3)`,
    );
    // The last row before the retention stays however old it is: its value holds when that begins, or to this day.
    this.dropOthers = database.prepare(
      `DELETE FROM other_change WHERE metric = ?1 AND at IN (SELECT at FROM other_change WHERE metric = ?1
         AND at < (SELECT max(at) FROM other_change WHERE metric = ?1 AND at <= ?2) LIMIT ?3)`,
    );
    this.dropRollups = database.prepare(
      `DELETE FROM rollup WHERE size = ?4 AND metric = ?1 AND bucket IN (SELECT bucket FROM rollup
         WHERE size = ?4 AND metric = ?1 AND bucket <
         (SELECT max(bucket) FROM rollup WHERE size = ?4 AND metric = ?1 AND bucket <= ?2) LIMIT ?3)`,
    );
    this.dropSpans = database.prepare(
      "DELETE FROM span WHERE id IN (SELECT id FROM span WHERE ended < ? LIMIT ?)",
    );
  }

  /**
   * One small step.
   * @param retentionMs kept to from now on; `null` for what was kept to last
   * @param newest epoch milliseconds of the last observation
   * @returns whether more is left
   */
  step(reading: ClockReading, retentionMs: number | null, newest: number | null): boolean {
    if (retentionMs !== null && retentionMs !== this.settings.retentionMs) {
      inTransaction(this.database, () => this.settings.save({ retentionMs }));
    }
    if (this.clock.note(reading)) {
      inTransaction(this.database, () => this.settings.save({ readings: this.clock.readings }));
    }
    if (newest !== null && this.rollUp(bucketOf(newest, MINUTE_MS))) return true;
    const { confirmed } = this.clock;
    if (confirmed === null || newest === null) return false;
    // Neither a clock that runs ahead nor a long absence makes the newest rows old.
    const now = Math.min(confirmed, newest);
    const retention = this.settings.retentionMs ?? DEFAULT_RETENTION_DAYS * DAY_MS;
    return this.drop(now - SINGLE_CHANGES_MS, bucketOf(now - retention, DAY_MS));
  }

  /** Rolls up the next hour that has numbers. */
  private rollUp(until: number): boolean {
    const { rolledUntil } = this.settings;
    const times = this.ids.values().map((metric) => this.next.get(metric, rolledUntil)?.at ?? null);
    const next = Math.min(...times.filter((at) => at !== null).map(Number));
    if (rolledUntil >= until) return false;
    const end = Math.min(until, bucketOf(next, HOUR_MS) + HOUR_MS);
    inTransaction(this.database, () => {
      for (const metric of this.ids.values()) {
        const rows = this.hour.all(metric, rolledUntil, end);
        this.rollups.add(
          metric,
          rows.map(({ at, value }): NumberPoint => [Number(at), Number(value)]),
        );
      }
      this.settings.save({ rolledUntil: end });
    });
    return end < until;
  }

  private drop(numbersBefore: number, restBefore: number): boolean {
    const keptSince = Math.min(bucketOf(numbersBefore, MINUTE_MS), this.settings.rolledUntil);
    if (keptSince > this.settings.keptSince) {
      inTransaction(this.database, () => this.settings.save({ keptSince }));
    }
    return inTransaction(this.database, () => {
      let room = BATCH;
      const spend = ({ changes }: { changes: number | bigint }) => {
        room -= Number(changes);
      };
      for (const metric of this.ids.values()) {
        spend(this.dropNumbers.run(metric, this.settings.keptSince, room));
        spend(this.dropOthers.run(metric, restBefore, room));
        for (const size of ROLLUP_LEVELS) spend(this.dropRollups.run(metric, restBefore, room, size));
      }
      spend(this.dropSpans.run(restBefore, room));
      return room === 0;
    });
  }
}
