import type { DatabaseSync } from "node:sqlite";
import { readText, storedText } from "./storedText.js";

/** The number that stands for each metric in the database. */
export class MetricIds {
  private readonly numbers: Map<string, number>;
  private readonly add;

  constructor(database: DatabaseSync) {
    const rows = database.prepare("SELECT id, name FROM metric ORDER BY id").all();
    this.numbers = new Map(rows.map(({ id, name }) => [readText(name), Number(id)]));
    this.add = database.prepare("INSERT INTO metric (name) VALUES (?)");
  }

  find(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** The metric's number, given to it now if it has none. */
  make(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const made = Number(this.add.run(storedText(name)).lastInsertRowid);
    this.numbers.set(name, made);
    return made;
  }

  names(): string[] {
    return [...this.numbers.keys()];
  }

  values(): number[] {
    return [...this.numbers.values()];
  }
}
