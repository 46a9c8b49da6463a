import { statSync } from "node:fs";
import type { HistoryPoint, HistoryRange } from "../../protocol/history.js";
import type { MetricValue } from "../../protocol/snapshot.js";
import type { ClockReading } from "./confirmedClock.js";
import { closeQuietly, isInPlace, type OpenedDatabase } from "./database.js";
import type { HistoryRow, HistoryStore, Imported, ImportOutcome } from "./historyStore.js";
import { Maintenance } from "./maintenance.js";
import { MetricIds } from "./metricIds.js";
import { changesOf, type Observation, valuesOf } from "./observation.js";
import { RollupTable } from "./rollupTable.js";
import { inTransaction } from "./schema.js";
import { HistorySettings } from "./settings.js";
import { continues } from "./span.js";
import { readStatements, SqliteMetric } from "./sqliteMetric.js";
import { storedText } from "./storedText.js";

interface OpenSpan extends HistoryRange {
  readonly id: number | bigint;
}

/**
 * A history in a SQLite database of its own. What throws has changed nothing in the database; the store itself is then to
 * be closed and made anew.
 */
export class SqliteStore implements HistoryStore {
  private readonly ids: MetricIds;
  private readonly settings: HistorySettings;
  private readonly rollups: RollupTable;
  private readonly maintenance: Maintenance;
  private readonly read;
  private readonly write;
  /** The values of the last observation, and the span it stands in. */
  private current: ReadonlyMap<string, MetricValue>;
  private span: OpenSpan | null;
  /** The latest time that was ever observed (epoch ms): after the last observation where the clock was ahead once. */
  private horizon: number;

  constructor(private readonly opened: OpenedDatabase) {
    const { database } = opened;
    this.ids = new MetricIds(database);
    this.settings = new HistorySettings(database);
    this.rollups = new RollupTable(database);
    this.maintenance = new Maintenance(database, this.ids, this.settings, this.rollups);
    this.read = readStatements(database);
    this.write = {
      number: database.prepare("INSERT INTO number_change VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      other: database.prepare("INSERT INTO other_change VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      beginSpan: database.prepare("INSERT INTO span (begun, ended, imported) VALUES (?, ?, ?)"),
      extendSpan: database.prepare("UPDATE span SET ended = ? WHERE id = ?"),
      spans: database.prepare("SELECT begun, ended FROM span WHERE begun <= ? AND ended >= ? ORDER BY begun"),
      changed: database.prepare(
        `SELECT 1 FROM number_change WHERE at > ?1 AND at <= ?2
         UNION ALL SELECT 1 FROM other_change WHERE at > ?1 AND at <= ?2 LIMIT 1`,
      ),
      within: database.prepare("SELECT 1 FROM span WHERE begun <= ? AND ended >= ?"),
      lastSpan: database.prepare(
        'SELECT id, begun AS "from", ended AS "to" FROM span WHERE NOT imported ORDER BY id DESC LIMIT 1',
      ),
      count: database.prepare(
        "SELECT (SELECT count(*) FROM number_change) + (SELECT count(*) FROM other_change) AS rows",
      ),
    };
    this.span = (this.write.lastSpan.get() as OpenSpan | undefined) ?? null;
    this.horizon = Number(
      database.prepare("SELECT max(ended) AS at FROM span").get()?.at ?? Number.NEGATIVE_INFINITY,
    );
    this.current = this.span ? this.valuesAt(this.span.to) : new Map();
  }

  /** Whether what is written still arrives in the file of that name. */
  get inPlace(): boolean {
    return isInPlace(this.opened);
  }

  record(observation: Observation): void {
    const { at } = observation;
    const { span } = this;
    const continuous = continues(span, at);
    const values = valuesOf(this.current, observation, continuous);
    const changes = changesOf(this.current, values, continuous && !this.stepsOver(span.to, at));
    this.span = inTransaction(this.opened.database, () => {
      for (const [metric, value] of changes) this.insert(this.ids.make(metric), at, value);
      if (continuous) {
        this.write.extendSpan.run(at, span.id);
        return { ...span, to: at };
      }
      return { id: this.write.beginSpan.run(at, at, 0).lastInsertRowid, from: at, to: at };
    });
    this.current = values;
    this.horizon = Math.max(this.horizon, at);
  }

  /** Whether a change stands there that a clock ahead, or an import, wrote: what held before does not hold after it. */
  private stepsOver(after: number, until: number): boolean {
    return after < this.horizon && this.write.changed.get(after, until) !== undefined;
  }

  metric(id: string): SqliteMetric | null {
    const metric = this.ids.find(id);
    return metric === undefined ? null : new SqliteMetric(this.read, this.settings, metric);
  }

  metrics(): readonly string[] {
    return this.ids.names();
  }

  spans({ from, to }: HistoryRange): HistoryRange[] {
    const rows = this.write.spans.all(to, from);
    return rows.map(({ begun, ended }) => ({ from: Number(begun), to: Number(ended) }));
  }

  importRows(rows: readonly HistoryRow[], spans: readonly HistoryRange[]): ImportOutcome {
    return inTransaction(this.opened.database, () => ({
      rows: rows.map(({ metric, point }) => this.importRow(this.ids.make(metric), point)),
      spans: spans.map(({ from, to }) => {
        if (this.write.within.get(from, to)) return "known";
        this.write.beginSpan.run(from, to, 1);
        return "added";
      }),
    }));
  }

  maintain(clock: ClockReading, retentionMs: number | null): boolean {
    return this.maintenance.step(clock, retentionMs, this.span?.to ?? null);
  }

  size() {
    const bytes = ["", "-wal"].map(
      (part) => statSync(this.opened.file + part, { throwIfNoEntry: false })?.size ?? 0,
    );
    return { bytes: bytes.reduce((a, b) => a + b), rows: Number(this.write.count.get()?.rows) };
  }

  close(): void {
    closeQuietly(this.opened.database);
  }

  private valuesAt(at: number): Map<string, MetricValue> {
    const values = this.ids.names().map((id) => [id, this.metric(id)?.lastUntil(at)?.[1] ?? null] as const);
    return new Map(values);
  }

  /** A moment that is taken already, as after a clock was set back, gives way by a millisecond: nothing is lost. */
  private insert(metric: number, at: number, value: MetricValue): void {
    if (typeof value === "number") {
      let free = at;
      if (at >= this.settings.keptSince)
        while (this.write.number.run(metric, free, value).changes === 0) free++;
      if (free < this.settings.rolledUntil) this.rollups.add(metric, [[free, value]]);
    } else {
      const stored = value === null ? null : storedText(value);
      let free = at;
      while (this.write.other.run(metric, free, stored).changes === 0) free++;
    }
  }

  private importRow(metric: number, [at, value]: HistoryPoint): Imported {
    if (typeof value === "number" && at < this.settings.keptSince) {
      if (this.rollups.knows(metric, [at, value])) return "known";
    } else {
      const present = new SqliteMetric(this.read, this.settings, metric).page(at, at + 1, 2);
      if (present.some((point) => point[1] === value)) return "known";
      if (present.length > 0) return "differs";
    }
    this.insert(metric, at, value);
    return "added";
  }
}
