/** What outlives a reload of the window, through VS Code's webview state. */

import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { MetricValue } from "../../src/protocol/snapshot.js";
import { FEED_LENGTH, type FeedEntry, type MetricChange } from "../../src/protocol/status.js";
import { type Change, type MetricMemory, NO_METRIC_MEMORY } from "./metricMemory.js";
import { NO_TREND, parseTrendMemory, type TrendMemory } from "./trendMemory.js";

export interface FolderMemory extends MetricMemory {
  readonly feed: readonly FeedEntry[];
  /** Ids of the insights whose description is open. */
  readonly expanded: readonly string[];
  readonly trend: TrendMemory;
}

export interface PanelMemory {
  readonly version: 1;
  readonly folders: Readonly<Record<string, FolderMemory>>;
  /** Of the page, in CSS pixels. */
  readonly scroll: number;
  /** Whether the stream's health is unfolded. */
  readonly healthOpen: boolean;
}

const NO_FOLDER_MEMORY: FolderMemory = { ...NO_METRIC_MEMORY, feed: [], expanded: [], trend: NO_TREND };
export const NO_PANEL_MEMORY: PanelMemory = { version: 1, folders: {}, scroll: 0, healthOpen: false };

export function memoryOf(memory: PanelMemory, folder: string | null): FolderMemory {
  return (folder === null ? undefined : ownEntry(memory.folders, folder)) ?? NO_FOLDER_MEMORY;
}

/** Folders that left the workspace are forgotten, so that the state does not grow for ever. */
export function keepFolders(memory: PanelMemory, uris: readonly string[]): PanelMemory {
  const folders = Object.entries(memory.folders).filter(([uri]) => uris.includes(uri));
  return { ...memory, folders: Object.fromEntries(folders) };
}

/** The state as another version of this page may have left it; whatever is not as expected is dropped. */
export function parsePanelMemory(state: unknown): PanelMemory {
  if (!isRecord(state) || state.version !== 1) return NO_PANEL_MEMORY;
  const scroll = state.scroll;
  return {
    version: 1,
    folders: parseRecord(state.folders, (value) => (isRecord(value) ? parseFolder(value) : undefined)),
    scroll: typeof scroll === "number" && scroll > 0 ? scroll : 0,
    healthOpen: state.healthOpen === true,
  };
}

function parseFolder(state: Record<string, unknown>): FolderMemory {
  return {
    seen: parseRecord(state.seen, (value) => (isMetricValue(value) ? value : undefined)),
    changes: parseRecord(state.changes, (value) => (isChange(value) ? value : undefined)),
    feed: Array.isArray(state.feed) ? state.feed.filter(isFeedEntry).slice(0, FEED_LENGTH) : [],
    expanded: Array.isArray(state.expanded) ? state.expanded.filter((id) => typeof id === "string") : [],
    trend: isRecord(state.trend) ? parseTrendMemory(state.trend) : NO_TREND,
  };
}

function parseRecord<T>(state: unknown, parse: (value: unknown) => T | undefined): Record<string, T> {
  const parsed: Record<string, T> = {};
  for (const [key, entry] of isRecord(state) ? Object.entries(state) : []) {
    const value = parse(entry);
    if (value !== undefined) parsed[key] = value;
  }
  return parsed;
}

function isFeedEntry(value: unknown): value is FeedEntry {
  return (
    isRecord(value) &&
    typeof value.sequence === "number" &&
    isTime(value.timestamp) &&
    typeof value.trigger === "string" &&
    typeof value.collectMs === "number" &&
    Array.isArray(value.changes) &&
    value.changes.every(isMetricChange)
  );
}

function isMetricChange(value: unknown): value is MetricChange {
  return (
    isRecord(value) &&
    typeof value.metric === "string" &&
    typeof value.label === "string" &&
    typeof value.format === "string" &&
    (value.unit === null || typeof value.unit === "string") &&
    isChange(value)
  );
}

function isChange(value: unknown): value is Change {
  return isRecord(value) && isMetricValue(value.from) && isMetricValue(value.to);
}

function isMetricValue(value: unknown): value is MetricValue {
  return value === null || typeof value === "number" || typeof value === "string";
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
