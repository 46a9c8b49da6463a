import type { HistoryQuery, HistorySeries } from "../src/protocol/history.js";
import { ownEntry } from "../src/protocol/ownEntry.js";
import { RequestRefused } from "./connection.js";
import { dayUntil } from "./model/sparkline.js";
import type { PanelModel } from "./store.js";

/** More than this a sparkline could not show. */
const POINTS = 50;

/** Questions on their way at the same time: what the user asks for meanwhile waits for no more than these. */
const MOST_AT_ONCE = 4;

/** After this long (ms) a series is asked for again: what snapshots add to it is coarser than the history. */
const REPEAT_MS = 600_000;

/** How long (ms) nothing is asked after the stream has said that it was too much. */
const PAUSE_MS = 2_000;

/** When a series was asked for, on which connection, and of which history. */
interface Asked {
  readonly at: number;
  readonly link: PanelModel["link"];
  readonly version: number;
}

/** Keeps the last day of every metric whose card has been seen, with few questions. */
export class RecentWatch {
  private readonly wanted = new Map<string, Asked | null>();
  private onTheirWay = 0;
  private pausedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ask: (query: HistoryQuery) => Promise<HistorySeries>,
    private readonly onSeries: (series: HistorySeries, link: PanelModel["link"]) => void,
  ) {}

  /** From now on the metric's last day is wanted. */
  want(metric: string): void {
    if (!this.wanted.has(metric)) this.wanted.set(metric, null);
  }

  /** Asks for what is due. Called at every change of the page, its clock's ticks among them. */
  follow({ visible, link, snapshot, panel, now }: PanelModel): void {
    if (!visible || link.state !== "connected" || isPaused(this.pausedAt, now)) return;
    const version = panel?.historyVersion ?? 0;
    for (const [metric, asked] of this.wanted) {
      if (this.onTheirWay >= MOST_AT_ONCE) return;
      const known = snapshot !== null && ownEntry(snapshot.metrics, metric) !== undefined;
      const due = asked?.link !== link || asked.version !== version || Math.abs(now - asked.at) >= REPEAT_MS;
      if (known && due) void this.update(metric, { at: now, link, version });
    }
  }

  private async update(metric: string, asked: Asked): Promise<void> {
    this.wanted.set(metric, asked);
    this.onTheirWay++;
    const series = await this.ask({ metric, ...dayUntil(asked.at), points: POINTS }).catch((error) => {
      if (error instanceof RequestRefused && error.code === "RATE_LIMITED") this.pause(metric, asked.at);
      return null;
    });
    this.onTheirWay--;
    if (series) this.onSeries(series, asked.link);
  }

  private pause(metric: string, now: number): void {
    this.wanted.set(metric, null);
    this.pausedAt = now;
  }
}

function isPaused(since: number, now: number): boolean {
  return Math.abs(now - since) < PAUSE_MS;
}
