import type { StreamAlerts } from "../../core/alerts/streamAlerts.js";
import type { LoadedConfig } from "../../core/config/configFile.js";
import type { FollowedHistory } from "../../core/history/followedHistory.js";
import type { AddedSources } from "../../core/sources/addedSources.js";
import type { FusionStream } from "../../core/stream.js";
import type { FusionServer } from "../fusionServer.js";
import type { Board } from "./board.js";

/** A folder's stream as whoever shows it needs it, in the process that owns it and in all others alike. */
export type FolderStream = Pick<
  FusionStream,
  "latest" | "status" | "sourceFigures" | "refresh" | "setInterval" | "onSnapshot" | "onStatus"
>;

export type FolderAlerts = Pick<
  StreamAlerts,
  "list" | "onAlert" | "onList" | "mute" | "unmute" | "mutedUntil"
>;

export type FolderHistory = Pick<
  FollowedHistory,
  "query" | "metrics" | "gaps" | "commits" | "export" | "import"
>;

/** `fusion.json` as it is on the disk; `null` where there is none. */
export type ConfigDocument = LoadedConfig["document"];

/** Where other programs find the stream. */
export interface ServerAddress {
  /** `null` while nothing listens. */
  readonly url: string | null;
  /** Why the server could not start; `null` where it did or has not tried. */
  readonly error: string | null;
}

/** A folder's stream with all that follows from it. */
export interface FolderParts {
  readonly stream: FolderStream;
  readonly alerts: FolderAlerts;
  readonly history: FolderHistory;
}

/** What a folder's owner shares with the other processes on it. */
export interface SharedFolder {
  readonly parts: FolderParts;
  readonly config: Board<ConfigDocument>;
  readonly address: Board<ServerAddress>;
  /** Where the other processes' sources are added to the folder's. */
  readonly added: AddedSources;
  /** The running server, started if it is not. */
  server(): Promise<FusionServer>;
  /** The folder's key: the same in every process on it. */
  key(): Promise<Uint8Array>;
}
