import { parseTimestamp } from "../protocol/isoTimestamp.js";
import type { MetricValue } from "../protocol/snapshot.js";
import { JsonFile } from "./jsonFile.js";

/** A value, when it last changed, and from what. */
export interface KnownChange {
  readonly value: MetricValue;
  /** UTC, ISO 8601. */
  readonly changedAt: string;
  /** `null` where it has not changed since it was first seen. */
  readonly previous: MetricValue;
}

/** Keeps the last change of each metric, by its id. */
export interface ChangeStore {
  /** Never rejects: nothing where nothing was kept. */
  read(): Promise<ReadonlyMap<string, KnownChange>>;
  /** Keeps the changes as they are when their turn to be written comes. */
  write(changes: () => ReadonlyMap<string, KnownChange>): void;
}

/** The last changes in a file, so that ages go on after a restart. */
export class ChangeFile implements ChangeStore {
  private readonly file: JsonFile;

  /** @param path absolute */
  constructor(path: string) {
    this.file = new JsonFile(path);
  }

  /** Nothing where the file is missing or damaged: all values are then as new as this process. */
  async read(): Promise<ReadonlyMap<string, KnownChange>> {
    const kept = Object.entries((await this.file.read()) ?? {});
    return new Map(kept.flatMap(([id, change]) => (isKnownChange(change) ? [[id, change] as const] : [])));
  }

  write(changes: () => ReadonlyMap<string, KnownChange>): void {
    this.file.write(() => Object.fromEntries(changes()));
  }

  /** Settles when everything is on disk. */
  flushed(): Promise<void> {
    return this.file.flushed();
  }
}

function isKnownChange(value: unknown): value is KnownChange {
  if (typeof value !== "object" || value === null) return false;
  const { value: last, changedAt, previous } = value as Record<string, unknown>;
  const isMoment = typeof changedAt === "string" && parseTimestamp(changedAt) !== null;
  return isMoment && isMetricValue(last) && isMetricValue(previous);
}

function isMetricValue(value: unknown): value is MetricValue {
  return value === null || typeof value === "string" || typeof value === "number";
}
