/**
 * The API of the extension Fusion Data Stream (`ahk.fusion-data-stream`), version 1.
 *
 * Copy this file into your extension: it stands alone. `docs/extension-api.md` shows how it is used.
 */

/** What `vscode.extensions.getExtension<FusionExports>("ahk.fusion-data-stream")?.exports` is, once it is active. */
export interface FusionExports {
  /** @throws RangeError for a version that this Fusion does not have */
  getApi(version: 1): FusionApi;
}

export interface FusionApi {
  readonly version: 1;

  /**
   * The newest snapshot of the folder that Fusion shows; `null` before the first. Frozen. Fusion's own texts in it, labels
   * of built-in metrics and errors, are in VS Code's language.
   */
  readonly latest: Snapshot | null;

  /**
   * Calls back with the newest snapshot at once (before any other task, never within this call), and with every later one,
   * whichever window or process has the stream. What a listener throws is written to Fusion's log.
   */
  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable;

  /**
   * Adds metrics of your own. Each is called `<your extension's id in lower case>/<its name>` wherever it appears: in
   * snapshots, the history, alerts, `fusion.json` and the filters of tokens. They are there until you dispose of the
   * source; their history stays.
   *
   * In a workspace that is not trusted, the source waits and is not read. In a window that shows another window's stream,
   * that one reads it through this one, unless it has the same metrics from its own instance of your extension.
   * @param extension your `context.extension`
   * @throws TypeError where something about the source is not as it must be, or a metric of that name is registered
   *   already; the message says what
   */
  registerSource(extension: { readonly id: string }, source: FusionSource): Disposable;
}

export interface FusionSource {
  /**
   * How each metric is shown, by its name: a letter, then letters, digits, `-` and `_`; 1 to 100 metrics. Name and
   * extension id together have at most 100 characters.
   */
  readonly metrics: Readonly<Record<string, MetricShape>>;

  /**
   * Gives every metric's value now, by name: a finite number, a text (cut after 1,000 characters), or `null` where it
   * cannot be had. Called with every update of the stream and at least every 15 seconds, but once a second at most unless
   * you tell of a change; never again before the last call has ended.
   *
   * What throws, rejects, takes longer than 10 seconds, or leaves out a metric or gives something else for it, keeps the
   * last good value, which is then shown as stale with the reason.
   * @param signal aborts when the time is up, and when the source is disposed of
   */
  read(signal: AbortSignal): SourceValues | PromiseLike<SourceValues>;

  /** Tells that values may have changed, as a `vscode.Event<unknown>` does: they are then read at once. */
  readonly onDidChange?: (listener: () => void) => Disposable;
}

export type SourceValues = Readonly<Record<string, number | string | null>>;

export interface MetricShape {
  /** 1 to 100 characters. */
  readonly label: string;
  /** `number` if left out. */
  readonly format?: MetricFormat;
  /** A unit's symbol, up to 50 characters; for `currency` the ISO 4217 code. */
  readonly unit?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Digits after the decimal point, 0 to 20. */
  readonly decimals?: number;
  /** A codicon's name or an emoji. */
  readonly icon?: string;
}

export interface Disposable {
  dispose(): void;
}

/** `duration` is in seconds, `date` an ISO 8601 text, `percent` 0 to 100. */
export type MetricFormat = "number" | "currency" | "percent" | "bytes" | "duration" | "date" | "text";

/** Everything Fusion knows at one moment. Times are UTC in ISO 8601. A value that cannot be had is `null`. */
export interface Snapshot {
  /** When it was collected. */
  readonly timestamp: string;
  /** Grows by one with every snapshot of a stream. */
  readonly sequence: number;
  readonly memos: number | null;
  readonly revenue: number | null;
  readonly driveSync: "OK" | "WARN" | "ERROR" | "SYNCING" | "UNKNOWN" | null;
  /** Of the last successful sync, as the log wrote it. */
  readonly driveSyncLastSync: string | null;
  readonly recommendations: number | null;
  readonly health: {
    readonly memoIndexAvailable: boolean;
    readonly revenueAvailable: boolean;
    readonly recommendationsAvailable: boolean;
    readonly driveSyncLogAvailable: boolean;
  };
  /** Every metric by id, the four above included. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Ids of the metrics shown as cards, in their order. */
  readonly cards: readonly string[];
  readonly insights: readonly Insight[];
}

export interface Metric {
  readonly value: number | string | null;
  readonly label: string;
  /** Of a metric for which `fusion.json` names none: `text` as long as it has no number, `number` while it has one. */
  readonly format: MetricFormat;
  readonly unit: string | null;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly decimals?: number;
  readonly icon: string | null;
  /** Whether its source could be read just now. */
  readonly available: boolean;
  /** When the value last changed; of a value that has not, when it was first seen. */
  readonly changedAt: string | null;
  /** The value before its last change. */
  readonly previous: number | string | null;
  /** Whether the value is the last good one of a source that cannot be read now. */
  readonly stale: boolean;
  /** When it was found to be; `null` where it is not. */
  readonly staleSince: string | null;
  /** What is wrong, in a sentence; `null` where all is well. */
  readonly error: string | null;
  /** Relative to the workspace folder, with `/`; the line is counted from 1. */
  readonly source: { readonly file: string; readonly line: number | null } | null;
  /** How the value came about. */
  readonly origin: MetricOrigin | null;
  /** When its source was last looked at, with a good or a bad end. */
  readonly readAt: string | null;
}

export type MetricOrigin =
  | ({ readonly kind: "file"; readonly file: string } & MetricSelection)
  | {
      readonly kind: "builtIn";
      readonly rule: "field" | "length" | "divisions" | "newestStatus" | "meanProgress" | "messagesInDay";
      readonly field?: string;
    }
  | { readonly kind: "files"; readonly glob: string; readonly scale?: number }
  | { readonly kind: "git"; readonly sinceMs: number; readonly remote?: string; readonly scale?: number }
  | ({ readonly kind: "url"; readonly url: string } & MetricSelection)
  /** `extension`: its display name. `name`: the metric's, without the extension's id. */
  | { readonly kind: "extension"; readonly extension: string; readonly name: string };

export interface MetricSelection {
  readonly query?: string;
  readonly column?: string;
  readonly match?: string;
  readonly aggregate?: "last" | "first" | "count" | "sum" | "avg" | "min" | "max" | "progress";
  readonly scale?: number;
}

/** One recommendation of the agent's list. */
export interface Insight {
  readonly id: string;
  readonly title: string;
  readonly priority: "high" | "medium" | "low" | null;
  readonly description: string | null;
  readonly source: { readonly file: string; readonly line: number | null };
}
