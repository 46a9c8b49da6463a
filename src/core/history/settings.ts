import type { DatabaseSync } from "node:sqlite";

/** What the history remembers about itself. */
export class HistorySettings {
  private readonly put;
  /** Numbers before this time (epoch ms) are in the rollups. */
  rolledUntil: number;
  /** Numbers before this time (epoch ms) are in the rollups alone; never after {@link rolledUntil}. */
  keptSince: number;
  /** The clock's readings that retention goes by. */
  readings: readonly number[];
  /** What somebody who sets it asked for last (ms); `null` where nobody did. */
  retentionMs: number | null;

  constructor(database: DatabaseSync) {
    const get = database.prepare("SELECT value FROM setting WHERE name = ?");
    const read = (name: string): unknown => JSON.parse(String(get.get(name)?.value ?? "null"));
    this.put = database.prepare("INSERT OR REPLACE INTO setting VALUES (?, ?)");
    this.rolledUntil = Number(read("rolledUntil") ?? BEGINNING);
    this.keptSince = Number(read("keptSince") ?? BEGINNING);
    this.readings = (read("readings") as number[] | null) ?? [];
    this.retentionMs = read("retentionMs") as number | null;
  }

  /** To be called in the transaction that the change belongs to. */
  save(part: Partial<Omit<HistorySettings, "save">>): void {
    Object.assign(this, part);
    for (const [name, value] of Object.entries(part)) this.put.run(name, JSON.stringify(value));
  }
}

/** The earliest time that JavaScript's dates know, at the beginning of a minute. */
const BEGINNING = -8.64e15;
