import type { ValueOrigin } from "../../protocol/origin.js";
import type { InsightPriority, MetricValue, ValueDisplay } from "../../protocol/snapshot.js";
import type { GuardedFile } from "./folderReader.js";

/** How a metric is shown and where it comes from, whatever its value. */
export interface MetricShape extends ValueDisplay {
  readonly label: string;
  /** A codicon's name or an emoji. */
  readonly icon: string | null;
  /** Left out where only a reading can tell. */
  readonly origin?: ValueOrigin;
}

export interface MetricReading {
  readonly value: MetricValue;
  /** Counted from 1. */
  readonly line: number | null;
  /** The value's own unit, where its source names one; it goes before that of the shape. */
  readonly unit?: string;
  /** How the value was found, where that depends on the content; it goes before that of the shape. */
  readonly origin?: ValueOrigin;
  /** Why this value could not be had, of a source that otherwise was read. */
  readonly error?: string;
  /** What is wrong in the source though the value could be had. */
  readonly warning?: string;
}

/** One recommendation of the agent's list. */
export interface Recommendation {
  readonly id: string;
  readonly title: string;
  readonly priority: InsightPriority | null;
  readonly description: string | null;
  readonly line: number | null;
}

/** What one reading of a file gave. */
export interface Reading {
  readonly metrics: Readonly<Record<string, MetricReading>>;
  readonly recommendations?: readonly Recommendation[];
  /** Timestamp of the last successful drive sync, as the log wrote it. */
  readonly lastSync?: string | null;
  /** Tells the content that the values come from apart from any other: equal content is no change. */
  readonly content: string;
  /** Milliseconds after which to read again though nobody wrote, as a line may by then count as complete; else `null`. */
  readonly recheckInMs: number | null;
  /** Called where the file proves not to have been cut while it was read. */
  readonly accept?: () => void;
}

/** A data file: where it is looked for, which metrics it holds and how they are read. */
export interface SourceDefinition {
  readonly name: string;
  /** Paths relative to the workspace folder; the first that exists wins. */
  readonly candidates: readonly string[];
  /** Whether the file only ever grows at its end. */
  readonly appendOnly: boolean;
  /** Whether its metrics are left out while the file is not there. */
  readonly optional: boolean;
  /** Every metric of the file, by id. */
  readonly metrics: Readonly<Record<string, MetricShape>>;
  /** @throws SourceError where the file holds no good value */
  read(file: GuardedFile): Promise<Reading>;
}

/** What is known of a source now. `stale`: the last good reading of a file that cannot be read at present. */
export type SourceState =
  | {
      readonly status: "available";
      readonly file: string | null;
      readonly reading: Reading;
      readonly error: null;
    }
  | {
      readonly status: "stale";
      readonly file: string | null;
      readonly reading: Reading;
      readonly error: string;
    }
  | {
      readonly status: "unavailable";
      readonly file: string | null;
      readonly reading: null;
      readonly error: string;
    };

export interface SourceResult {
  readonly state: SourceState;
  /** Grows whenever the state or the content behind it changes. */
  readonly revision: number;
  /** When the source was last looked at to an end, good or bad (epoch milliseconds); `null` before. No change by itself. */
  readonly readAt: number | null;
  /** Milliseconds after which to collect again though nobody wrote; `null` if never. */
  readonly recheckInMs: number | null;
}

/** A reading that took place, whatever it gave. */
export interface LastRead {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Bytes of the file; `null` where it is none. */
  readonly size: number | null;
}

/** Something that metrics are read from. */
export interface Source {
  /** Every metric of the source, by id. */
  readonly metrics: Readonly<Record<string, MetricShape>>;
  /** Whether its metrics are left out while there is nothing to read. */
  readonly optional: boolean;
  /** Folders of which every entry matters, relative to the workspace folder; as of the last collection. */
  readonly folders?: readonly string[];
  /** Another object after each reading. */
  readonly lastRead?: LastRead | null;
  /**
   * As `collect`, where one cheap look says that nothing changed: told is its result, later than this returns; or `null`,
   * maybe at once, where the source has to be collected from.
   */
  glance?(tell: (result: SourceResult | null) => void): void;
  /** Reads what changed. Never throws: what is wrong is in the state. */
  collect(): Promise<SourceResult>;
}
