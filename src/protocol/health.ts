/** How the stream itself is doing: what tells whether to trust it. */
import type { EmitterMetrics, Percentiles } from "./status.js";

/** Something that went wrong, and when. */
export interface Trouble {
  /** UTC, ISO 8601. */
  readonly time: string;
  readonly message: string;
}

export type SourceKind = "file" | "files" | "git" | "url" | "extension";

/** One source of the stream: what it is, how fresh, and what it costs. */
export interface SourceFigures {
  readonly kind: SourceKind;
  /** A path relative to the workspace folder, a glob, "git", an address without its query, or an extension's id. */
  readonly name: string;
  /** Ids of the metrics that are read from it. */
  readonly metrics: readonly string[];
  readonly state: "available" | "stale" | "unavailable";
  /** When it was last read (UTC, ISO 8601); `null` before that. */
  readonly readAt: string | null;
  /** When its content was last found changed (UTC, ISO 8601); `null` before it was first read. */
  readonly changedAt: string | null;
  /** Bytes of a file; `null` for any other kind, and where there is none. */
  readonly size: number | null;
  /** Milliseconds that a reading took: the last one, and 95 % of the last ones at most; `null` before the first. */
  readonly cost: { readonly last: number | null; readonly p95: number | null };
  /** What was last wrong with it, over or not. */
  readonly lastError: Trouble | null;
}

/** The emitter's figures and its sources: `data` of `fusionHealth`, and the body of `GET /api/fusion/emitter/health`. */
export interface StreamHealth {
  readonly status: "active" | "inactive";
  readonly metrics: EmitterMetrics & {
    readonly interval: { readonly minutes: number };
    /** Why emissions failed: the last few, newest first. */
    readonly failures: readonly Trouble[];
    /** Percent of one core that the process used over the last minute; may exceed 100 on several. */
    readonly cpuPercent: number;
    /** Bytes of the process. */
    readonly memory: { readonly rss: number; readonly heapUsed: number };
    /** How late the stream's own timer fired, which is how long other work held up the event loop. */
    readonly eventLoopDelayMs: Percentiles;
  };
  readonly sources: readonly SourceFigures[];
}
