import { EventSource } from "../../core/event.js";
import type { Alert } from "../../protocol/alerts.js";
import type { SourceFigures } from "../../protocol/health.js";
import type { HistoryFormat, HistoryImport, HistoryRange } from "../../protocol/history.js";
import { isInterval } from "../../protocol/interval.js";
import type { Snapshot } from "../../protocol/snapshot.js";
import type { StreamStatus } from "../../protocol/status.js";
import { withDeadline } from "../deadline.js";
import type { Channel } from "./channel.js";
import type { AlertList, ClientAsks, ClientTells, OwnedState, OwnerAsks, OwnerTells } from "./messages.js";
import type { FolderAlerts, FolderHistory, FolderStream } from "./ports.js";

/** An owner that takes longer (ms) to collect is not waited for. */
const REFRESH_MS = 15_000;

export type OwnerChannel = Channel<ClientTells, OwnerTells, ClientAsks, OwnerAsks>;

/** The owner's stream, as another process on the folder has it. */
export class RemoteStream implements FolderStream {
  private readonly snapshots = new EventSource<Snapshot>(fail);
  private readonly statuses = new EventSource<StreamStatus>(fail);
  latest: Snapshot | null;
  private known: StreamStatus;

  constructor(
    private readonly channel: OwnerChannel,
    { snapshot, status }: OwnedState,
  ) {
    this.latest = snapshot;
    this.known = status;
  }

  status(): StreamStatus {
    return this.known;
  }

  refresh(): Promise<Snapshot> {
    const message = "The process that has this folder's stream does not answer.";
    return withDeadline(this.channel.ask("refresh", null), REFRESH_MS, message);
  }

  sourceFigures(): Promise<readonly SourceFigures[]> {
    return this.channel.ask("listSources", null);
  }

  setInterval(minutes: number): void {
    if (!isInterval(minutes)) throw new RangeError(`${minutes} is no interval.`);
    // An owner that is gone has another one take its place, which goes on with the interval known there.
    this.channel.ask("setInterval", minutes).catch(() => undefined);
  }

  onSnapshot(listener: (snapshot: Snapshot) => void) {
    return this.snapshots.subscribe(listener);
  }

  onStatus(listener: (status: StreamStatus) => void) {
    return this.statuses.subscribe(listener);
  }

  /** The owner has emitted. */
  emit(snapshot: Snapshot): void {
    this.latest = snapshot;
    this.snapshots.fire(snapshot);
  }

  tellStatus(status: StreamStatus): void {
    this.known = status;
    this.statuses.fire(status);
  }
}

/** The owner's alerts, as another process on the folder has them. */
export class RemoteAlerts implements FolderAlerts {
  private readonly turns = new EventSource<Alert>(fail);
  private readonly lists = new EventSource<readonly Alert[]>(fail);
  private known: AlertList;

  constructor(
    private readonly channel: OwnerChannel,
    { alerts }: OwnedState,
  ) {
    this.known = alerts;
  }

  list(): readonly Alert[] {
    return this.known.alerts;
  }

  mutedUntil(id: string): number | null {
    return this.known.mutedUntil[id] ?? null;
  }

  mute(id: string, until: number | null): void {
    this.channel.ask("mute", { id, until }).catch(() => undefined);
  }

  unmute(id: string): void {
    this.channel.ask("unmute", id).catch(() => undefined);
  }

  onAlert(listener: (alert: Alert) => void) {
    return this.turns.subscribe(listener);
  }

  onList(listener: (alerts: readonly Alert[]) => void) {
    return this.lists.subscribe(listener);
  }

  /** An alert began to fire, or ended. */
  turn(alert: Alert): void {
    this.turns.fire(alert);
  }

  tellList(list: AlertList): void {
    this.known = list;
    this.lists.fire(list.alerts);
  }
}

/** The owner's history, as another process on the folder asks it. */
export function remoteHistory(channel: OwnerChannel): FolderHistory {
  return {
    query: (query) => channel.ask("queryHistory", query),
    metrics: () => channel.ask("listMetrics", null),
    gaps: async (range) => {
      const gaps = await channel.ask("listGaps", range);
      return gaps.map(({ after, until }) => ({ after, until: until ?? Number.POSITIVE_INFINITY }));
    },
    commits: (range) => channel.ask("listCommits", range),
    export: (range, format, metrics) => exported(channel, range, format, metrics),
    import: (pieces, format) => imported(channel, pieces, format),
  };
}

async function* exported(
  channel: OwnerChannel,
  range: HistoryRange,
  format: HistoryFormat,
  metrics: readonly string[] | null,
): AsyncGenerator<Uint8Array, void, void> {
  const id = await channel.ask("beginExport", { range, format, metrics });
  try {
    for (;;) {
      const piece = await channel.ask("continueExport", id);
      if (piece === null) return;
      yield Buffer.from(piece, "base64");
    }
  } finally {
    await channel.ask("endExport", id).catch(() => undefined);
  }
}

async function imported(
  channel: OwnerChannel,
  pieces: AsyncIterable<Uint8Array>,
  format: HistoryFormat,
): Promise<HistoryImport> {
  const id = await channel.ask("beginImport", format);
  try {
    for await (const piece of pieces) {
      await channel.ask("continueImport", { id, piece: Buffer.from(piece).toString("base64") });
    }
  } catch (error) {
    await channel.ask("endImport", { id, complete: false }).catch(() => undefined);
    throw error;
  }
  return await channel.ask("endImport", { id, complete: true });
}

function fail(error: unknown): void {
  throw error;
}
