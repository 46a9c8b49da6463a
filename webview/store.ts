/** The page's whole state and every way it changes: immutable, and free of the DOM. */
import type { Alert } from "../src/protocol/alerts.js";
import type { StreamHealth } from "../src/protocol/health.js";
import type { HistorySeries } from "../src/protocol/history.js";
import { ownEntry } from "../src/protocol/ownEntry.js";
import type { PanelState } from "../src/protocol/panel.js";
import type { Snapshot } from "../src/protocol/snapshot.js";
import type { StreamStatus } from "../src/protocol/status.js";
import { type Arrangement, arrangementAfter } from "./model/arrangement.js";
import { mergeFeed } from "./model/feed.js";
import { connecting, type Link, type LinkEvent, nextLink } from "./model/link.js";
import { remember, unseenChanges } from "./model/metricMemory.js";
import { type FolderMemory, keepFolders, memoryOf, type PanelMemory } from "./model/panelMemory.js";
import { lastDay } from "./model/sparkline.js";
import { extended } from "./model/trendData.js";
import { type TrendViewMemory, withMetrics } from "./model/trendMemory.js";

export interface PanelModel {
  /** `null` until the host has answered. */
  readonly panel: PanelState | null;
  readonly link: Link;
  readonly snapshot: Snapshot | null;
  readonly status: StreamStatus | null;
  /** As of the last time that it was asked for; `null` before. */
  readonly health: StreamHealth | null;
  /** `null` until the stream has told of them. */
  readonly alerts: readonly Alert[] | null;
  /** By metric id, the last 24 hours of those whose cards have been seen. */
  readonly recent: Readonly<Record<string, HistorySeries>>;
  /** Grows whenever the user asks for a trend. */
  readonly trendRequests: number;
  /** The user's order of the cards, until the stream shows it. */
  readonly arrangement: Arrangement | null;
  readonly memory: PanelMemory;
  /** By metric id, a count that grows with every pulse. */
  readonly pulses: Readonly<Record<string, number>>;
  readonly showAllInsights: boolean;
  readonly refreshing: boolean;
  /** Minutes that the user has chosen and the stream has not yet confirmed. */
  readonly requestedInterval: number | null;
  /** Why the last request failed, until it has been read. */
  readonly notice: { readonly text: string; readonly since: number } | null;
  readonly visible: boolean;
  /** The page's clock, epoch milliseconds. */
  readonly now: number;
}

export type PanelEvent =
  | { readonly type: "panel"; readonly panel: PanelState }
  | { readonly type: "link"; readonly event: LinkEvent; readonly now: number }
  | { readonly type: "snapshot"; readonly snapshot: Snapshot }
  | { readonly type: "status"; readonly status: StreamStatus }
  | { readonly type: "health"; readonly health: StreamHealth }
  | { readonly type: "healthToggled"; readonly open: boolean }
  | { readonly type: "alerts"; readonly alerts: readonly Alert[] }
  | { readonly type: "recent"; readonly series: HistorySeries }
  /** A metric's card draws attention though its value is not new. */
  | { readonly type: "pulsed"; readonly metric: string }
  | { readonly type: "trendChosen"; readonly metrics: readonly string[] }
  | { readonly type: "trendViewed"; readonly view: TrendViewMemory }
  | { readonly type: "arranged"; readonly cards: readonly string[] }
  | { readonly type: "arrangementSettled"; readonly saved: boolean }
  | { readonly type: "visibility"; readonly visible: boolean }
  | { readonly type: "tick"; readonly now: number }
  | { readonly type: "scrolled"; readonly scroll: number }
  | { readonly type: "insightToggled"; readonly id: string }
  | { readonly type: "allInsightsShown" }
  | { readonly type: "refreshRequested" }
  | { readonly type: "refreshSettled"; readonly notice: string | null }
  | { readonly type: "intervalRequested"; readonly minutes: number }
  | { readonly type: "intervalSettled"; readonly notice: string | null };

/** How long a notice stays, in milliseconds: long enough to read twice. */
const NOTICE_MS = 10_000;

export function initialModel(memory: PanelMemory, visible: boolean, now: number): PanelModel {
  return {
    panel: null,
    link: connecting(now),
    snapshot: null,
    status: null,
    health: null,
    alerts: null,
    recent: {},
    trendRequests: 0,
    arrangement: null,
    memory,
    pulses: {},
    showAllInsights: false,
    refreshing: false,
    requestedInterval: null,
    notice: null,
    visible,
    now,
  };
}

export function activeMemory(model: PanelModel): FolderMemory {
  return memoryOf(model.memory, model.panel?.activeFolder ?? null);
}

export function reduce(model: PanelModel, event: PanelEvent): PanelModel {
  switch (event.type) {
    case "panel":
      return withPanel(model, event.panel);
    case "link":
      return { ...model, link: nextLink(model.link, event.event, event.now), now: event.now };
    case "snapshot":
      return withSnapshot(model, event.snapshot);
    case "status":
      return withStatus(model, event.status);
    case "health":
      return { ...model, health: event.health };
    case "healthToggled":
      return { ...model, memory: { ...model.memory, healthOpen: event.open } };
    case "alerts":
      return { ...model, alerts: event.alerts };
    case "recent":
      return withRecent(model, event.series);
    case "pulsed":
      return { ...model, pulses: withPulse(model.pulses, event.metric) };
    case "trendChosen":
      return withMemory(
        { ...model, trendRequests: model.trendRequests + 1 },
        { trend: withMetrics(activeMemory(model).trend, event.metrics) },
      );
    case "trendViewed":
      return withMemory(model, { trend: { ...activeMemory(model).trend, ...event.view } });
    case "arranged":
      return { ...model, arrangement: { cards: event.cards, saved: false } };
    case "arrangementSettled": {
      const { arrangement } = model;
      return { ...model, arrangement: event.saved && arrangement ? { ...arrangement, saved: true } : null };
    }
    case "visibility": {
      const shown = { ...model, visible: event.visible };
      return model.snapshot ? withSnapshot(shown, model.snapshot) : shown;
    }
    case "tick": {
      const read = model.notice !== null && event.now - model.notice.since > NOTICE_MS;
      return { ...model, now: event.now, notice: read ? null : model.notice };
    }
    case "scrolled":
      return { ...model, memory: { ...model.memory, scroll: event.scroll } };
    case "insightToggled": {
      const { expanded } = activeMemory(model);
      const others = expanded.filter((id) => id !== event.id);
      return withMemory(model, {
        expanded: others.length < expanded.length ? others : [...expanded, event.id],
      });
    }
    case "allInsightsShown":
      return { ...model, showAllInsights: true };
    case "refreshRequested":
      return { ...model, refreshing: true, notice: null };
    case "refreshSettled":
      return withNotice({ ...model, refreshing: false }, event.notice);
    case "intervalRequested":
      return { ...model, requestedInterval: event.minutes, notice: null };
    case "intervalSettled":
      return withNotice({ ...model, requestedInterval: null }, event.notice);
  }
}

/** Another folder is another stream: nothing of the one before may be shown as its own. */
function withPanel(model: PanelModel, panel: PanelState): PanelModel {
  const memory = keepFolders(
    model.memory,
    panel.folders.map(({ uri }) => uri),
  );
  const { visible, now } = model;
  const same = model.panel?.activeFolder === panel.activeFolder;
  const shown = { ...(same ? model : initialModel(memory, visible, now)), panel, memory };
  if (shown.snapshot || !panel.known) return shown;
  const { snapshot, status } = panel.known;
  return withSnapshot(withStatus(shown, status), snapshot);
}

function withSnapshot(model: PanelModel, snapshot: Snapshot): PanelModel {
  const memory = activeMemory(model);
  const cards = new Set(snapshot.cards);
  const unseen = model.visible ? unseenChanges(memory, snapshot).filter((id) => cards.has(id)) : [];
  // A card that comes back later has nothing to tell of what happened before it went.
  const shown = Object.fromEntries(Object.entries(model.pulses).filter(([id]) => cards.has(id)));
  const pulses = unseen.reduce(withPulse, shown);
  const recent = Object.fromEntries(
    Object.entries(model.recent).map(([id, series]) => [id, lastDay(extended(series, snapshot))]),
  );
  const arrangement = arrangementAfter(model.arrangement, model.snapshot, snapshot);
  return withMemory(
    { ...model, snapshot, pulses, recent, arrangement },
    remember(memory, snapshot, model.visible),
  );
}

function withStatus(model: PanelModel, status: StreamStatus): PanelModel {
  return withMemory({ ...model, status }, { feed: mergeFeed(status.feed, activeMemory(model).feed) });
}

function withPulse(pulses: PanelModel["pulses"], id: string): PanelModel["pulses"] {
  return { ...pulses, [id]: (ownEntry(pulses, id) ?? 0) + 1 };
}

/** A series is as old as its question: what has arrived since is added to it. */
function withRecent(model: PanelModel, series: HistorySeries): PanelModel {
  const grown = model.snapshot ? lastDay(extended(series, model.snapshot)) : series;
  return { ...model, recent: { ...model.recent, [series.metric]: grown } };
}

/** The model with another memory of the active folder. */
export function withMemory(model: PanelModel, part: Partial<FolderMemory>): PanelModel {
  const folder = model.panel?.activeFolder;
  if (!folder) return model;
  const folders = { ...model.memory.folders, [folder]: { ...activeMemory(model), ...part } };
  return { ...model, memory: { ...model.memory, folders } };
}

function withNotice(model: PanelModel, text: string | null): PanelModel {
  return { ...model, notice: text === null ? null : { text, since: model.now } };
}
