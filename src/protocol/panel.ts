/**
 * The messages between the Command Center's page and the extension host. The page has no network: its socket's packets
 * travel as `relay…` messages, and the host pipes them to the stream's WebSocket.
 */

import type { Snapshot } from "./snapshot.js";
import type { StreamStatus } from "./status.js";

/** A workspace folder that the panel can show. */
export interface PanelFolder {
  readonly uri: string;
  readonly name: string;
  /** Whether any of the data files is there. */
  readonly hasData: boolean;
}

/** The first thing that keeps the followed folder's `fusion.json` from being used. */
export interface ConfigTrouble {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence or two. */
  readonly message: string;
  /** Whether what the file said before is in force; where not, there is nothing of it. */
  readonly usesLastGood: boolean;
}

/** What a stream has told last. */
export interface KnownStream {
  readonly snapshot: Snapshot;
  readonly status: StreamStatus;
}

/** The complete state that the host owns; sent on `ready` and whenever something in it changes. */
export interface PanelState {
  readonly type: "state";
  readonly folders: readonly PanelFolder[];
  /** `uri` of the folder whose stream is shown; `null` without a folder. */
  readonly activeFolder: string | null;
  /** Of its stream, for a page that has heard nothing of it yet; `null` where the host knows nothing either. */
  readonly known: KnownStream | null;
  readonly workspaceTrusted: boolean;
  /** Minutes without an update after which the data counts as stale. */
  readonly staleAfterMinutes: number;
  /** BCP 47 tag of the display language. */
  readonly locale: string;
  /** Relative paths that the stream looks for, for the empty state. */
  readonly expectedFiles: readonly string[];
  readonly configTrouble: ConfigTrouble | null;
  /** Grows with every import: what was read of the history before is short of it. */
  readonly historyVersion: number;
  /** Whether privacy mode hides all values. */
  readonly concealed: boolean;
  /** Translations, English text to text; empty in English. */
  readonly translations: Readonly<Record<string, string>>;
}

/** `id` numbers the page's sockets from 1: a late packet of an old socket is told apart. */
export type HostToPanel =
  | PanelState
  /** A metric whose card is to be in view once there is one. */
  | { readonly type: "revealMetric"; readonly metric: string }
  /** A metric whose trend is to be shown. */
  | { readonly type: "showTrend"; readonly metric: string }
  /** The order that was asked for last is in `fusion.json`, or could not be put there. */
  | { readonly type: "cardsArranged"; readonly saved: boolean }
  | { readonly type: "relayOpened"; readonly id: number }
  | { readonly type: "relayPacket"; readonly id: number; readonly data: string }
  | { readonly type: "relayClosed"; readonly id: number; readonly reason: string };

/** A message on its way: with the time (epoch ms) at the host, whose clock writes the times that the page shows. */
export type SentToPanel = HostToPanel & { readonly sentAt: number };

/** What the page may ask the host to do besides relaying; nothing here carries a path or a command's name. */
export type PanelAction =
  | "openSample"
  | "openFolder"
  | "showLog"
  | "changeInterval"
  | "copyConnection"
  | "manageTrust"
  | "togglePrivacy"
  | "addMetric";

/** What can be done about an alert: no notifications for an hour, none at all, or again. */
export type AlertAction = "snooze" | "mute" | "unmute";

export type PanelToHost =
  | { readonly type: "ready" }
  | { readonly type: "relayOpen"; readonly id: number }
  | { readonly type: "relayPacket"; readonly id: number; readonly data: string }
  | { readonly type: "relayClose"; readonly id: number }
  | { readonly type: "openMetric"; readonly metric: string }
  /** Begins an alert on a metric, which the user then describes. */
  | { readonly type: "addAlert"; readonly metric: string }
  /** `id` of the alert. */
  | { readonly type: "alertAction"; readonly action: AlertAction; readonly id: string }
  /** Opens `fusion.json` where it is broken. */
  | { readonly type: "openConfig" }
  | { readonly type: "openInsight"; readonly insight: string }
  /** `cards`: ids of all cards that are shown, in the order that they are to have from now on. */
  | { readonly type: "arrangeCards"; readonly cards: readonly string[] }
  | { readonly type: "switchFolder"; readonly uri: string }
  | { readonly type: "action"; readonly action: PanelAction };
