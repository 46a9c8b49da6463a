/** What a folder's owner and the other processes on it tell and ask each other. */
import type { SourceResult } from "../../core/sources/source.js";
import type { Alert } from "../../protocol/alerts.js";
import type { SourceFigures } from "../../protocol/health.js";
import type {
  Commit,
  HistoryFormat,
  HistoryImport,
  HistoryQuery,
  HistoryRange,
  HistorySeries,
} from "../../protocol/history.js";
import type { Snapshot } from "../../protocol/snapshot.js";
import type { StreamStatus } from "../../protocol/status.js";
import type { OfferedSource } from "./offeredSources.js";
import type { ConfigDocument, ServerAddress } from "./ports.js";

export interface AlertList {
  readonly alerts: readonly Alert[];
  /** Until when (epoch ms) an alert is muted, by its id; `null` for without an end. */
  readonly mutedUntil: Readonly<Record<string, number | null>>;
}

/** Everything at once, for who has just come. */
export interface OwnedState {
  readonly snapshot: Snapshot | null;
  readonly status: StreamStatus;
  readonly alerts: AlertList;
  readonly config: ConfigDocument;
  readonly address: ServerAddress;
  readonly speaks: boolean;
}

/** From the owner. A type and not an interface, so that it counts as a table of names. */
export type OwnerTells = {
  readonly state: OwnedState;
  readonly snapshot: Snapshot;
  readonly status: StreamStatus;
  readonly alerts: AlertList;
  readonly alert: Alert;
  readonly config: ConfigDocument;
  readonly address: ServerAddress;
  /** Whether this one of all windows on the folder is to speak to the user of what concerns all of them. */
  readonly speaks: boolean;
};

/** To the owner. */
export type ClientTells = {
  /** The window has got the user's attention. */
  readonly focused: null;
  /** All sources that the client reads for the owner. */
  readonly sources: readonly OfferedSource[];
  /** The values of the source of this id may have changed. */
  readonly sourceChanged: number;
};

export type ClientAsks = {
  readonly ping: { readonly ask: null; readonly answer: null };
  readonly refresh: { readonly ask: null; readonly answer: Snapshot };
  readonly listSources: { readonly ask: null; readonly answer: readonly SourceFigures[] };
  /** Minutes. */
  readonly setInterval: { readonly ask: number; readonly answer: null };
  readonly mute: {
    readonly ask: { readonly id: string; readonly until: number | null };
    readonly answer: null;
  };
  readonly unmute: { readonly ask: string; readonly answer: null };
  readonly queryHistory: { readonly ask: HistoryQuery; readonly answer: HistorySeries };
  readonly listMetrics: { readonly ask: null; readonly answer: readonly string[] };
  /** JSON has no number for a gap without an end: that is `null`. */
  readonly listGaps: {
    readonly ask: HistoryRange;
    readonly answer: readonly { readonly after: number; readonly until: number | null }[];
  };
  readonly listCommits: { readonly ask: HistoryRange; readonly answer: readonly Commit[] };
  readonly beginExport: {
    readonly ask: {
      readonly range: HistoryRange;
      readonly format: HistoryFormat;
      readonly metrics: readonly string[] | null;
    };
    readonly answer: number;
  };
  /** The next piece in base64; `null` at its end. */
  readonly continueExport: { readonly ask: number; readonly answer: string | null };
  readonly endExport: { readonly ask: number; readonly answer: null };
  readonly beginImport: { readonly ask: HistoryFormat; readonly answer: number };
  /** The next piece in base64; answered when more can be taken. */
  readonly continueImport: {
    readonly ask: { readonly id: number; readonly piece: string };
    readonly answer: null;
  };
  readonly endImport: {
    readonly ask: { readonly id: number; readonly complete: boolean };
    readonly answer: HistoryImport;
  };
};

export type OwnerAsks = {
  /** By its id. */
  readonly readSource: { readonly ask: number; readonly answer: SourceResult };
};

/** What the owner answers to who wants a WebSocket: what to open it with, on this very connection. */
export interface Entrance {
  readonly url: string;
  readonly token: string;
}
