import type { Disposable } from "../core/disposable.js";
import { EventSource } from "../core/event.js";
import type { Alert } from "../protocol/alerts.js";
import type { SourceFigures } from "../protocol/health.js";
import type { HistoryFormat, HistoryImport, HistoryQuery, HistoryRange } from "../protocol/history.js";
import { once } from "../protocol/once.js";
import type { Snapshot } from "../protocol/snapshot.js";
import type { StreamStatus } from "../protocol/status.js";
import { wordedAlert, wordedSnapshot } from "../protocol/worded.js";
import type { FolderAlerts, FolderHistory, FolderParts, FolderStream } from "../server/ownership/ports.js";
import { inWords } from "./inWords.js";

type Report = (error: unknown) => void;

/**
 * The stream, the alerts and the history that the window shows, whoever has them: this window or another process. Who
 * listens here need not know when that changes, and reads what the stream says in VS Code's language.
 */
export class ShownParts implements FolderParts {
  readonly stream: ShownStream;
  readonly alerts: ShownAlerts;
  readonly history: FolderHistory;

  /** @param onListenerError told what a listener threw */
  constructor(
    private shown: FolderParts,
    onListenerError: Report,
  ) {
    this.stream = new ShownStream(shown.stream, onListenerError);
    this.alerts = new ShownAlerts(shown.alerts, onListenerError);
    const history = () => this.shown.history;
    this.history = {
      query: (query: HistoryQuery) => history().query(query),
      metrics: () => history().metrics(),
      gaps: (range: HistoryRange) => history().gaps(range),
      commits: (range: HistoryRange) => history().commits(range),
      export: (range, format, metrics) => history().export(range, format, metrics),
      import: (pieces: AsyncIterable<Uint8Array>, format: HistoryFormat): Promise<HistoryImport> =>
        history().import(pieces, format),
    };
  }

  show(parts: FolderParts): void {
    if (parts === this.shown) return;
    this.shown = parts;
    this.stream.show(parts.stream);
    this.alerts.show(parts.alerts);
  }
}

class ShownStream implements FolderStream {
  private readonly snapshots: EventSource<Snapshot>;
  private readonly statuses: EventSource<StreamStatus>;
  private readonly sources: EventSource<void>;
  private subscriptions: readonly Disposable[];

  constructor(
    private shown: FolderStream,
    onListenerError: Report,
  ) {
    this.snapshots = new EventSource(onListenerError);
    this.statuses = new EventSource(onListenerError);
    this.sources = new EventSource(onListenerError);
    this.subscriptions = this.subscribe();
  }

  get latest(): Snapshot | null {
    return this.shown.latest && inLanguage(this.shown.latest);
  }

  status(): StreamStatus {
    return this.shown.status();
  }

  async refresh(): Promise<Snapshot> {
    return inLanguage(await this.shown.refresh());
  }

  sourceFigures(): Promise<readonly SourceFigures[]> {
    return this.shown.sourceFigures();
  }

  setInterval(minutes: number): void {
    this.shown.setInterval(minutes);
  }

  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable {
    return this.snapshots.subscribe(listener);
  }

  onStatus(listener: (status: StreamStatus) => void): Disposable {
    return this.statuses.subscribe(listener);
  }

  /** @param listener called when another stream takes this one's place, before anything is heard of it */
  onSource(listener: () => void): Disposable {
    return this.sources.subscribe(listener);
  }

  show(stream: FolderStream): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.shown = stream;
    this.subscriptions = this.subscribe();
    this.sources.fire();
    this.statuses.fire(stream.status());
    if (stream.latest) this.snapshots.fire(inLanguage(stream.latest));
  }

  private subscribe(): readonly Disposable[] {
    return [
      this.shown.onSnapshot((snapshot) => this.snapshots.fire(inLanguage(snapshot))),
      this.shown.onStatus((status) => this.statuses.fire(status)),
    ];
  }
}

class ShownAlerts implements FolderAlerts {
  private readonly turns: EventSource<Alert>;
  private readonly lists: EventSource<readonly Alert[]>;
  private subscriptions: readonly Disposable[];

  constructor(
    private shown: FolderAlerts,
    onListenerError: Report,
  ) {
    this.turns = new EventSource(onListenerError);
    this.lists = new EventSource(onListenerError);
    this.subscriptions = this.subscribe();
  }

  list(): readonly Alert[] {
    return this.shown.list().map(alertInLanguage);
  }

  mute(id: string, until: number | null): void {
    this.shown.mute(id, until);
  }

  unmute(id: string): void {
    this.shown.unmute(id);
  }

  mutedUntil(id: string): number | null {
    return this.shown.mutedUntil(id);
  }

  onAlert(listener: (alert: Alert) => void): Disposable {
    return this.turns.subscribe(listener);
  }

  onList(listener: (alerts: readonly Alert[]) => void): Disposable {
    return this.lists.subscribe(listener);
  }

  show(alerts: FolderAlerts): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.shown = alerts;
    this.subscriptions = this.subscribe();
    this.lists.fire(alerts.list().map(alertInLanguage));
  }

  private subscribe(): readonly Disposable[] {
    return [
      this.shown.onAlert((alert) => this.turns.fire(alertInLanguage(alert))),
      this.shown.onList((alerts) => this.lists.fire(alerts.map(alertInLanguage))),
    ];
  }
}

// The same object for the same one: what is made of it is kept by it.
const inLanguage = once((snapshot: Snapshot) => wordedSnapshot(snapshot, inWords));
const alertInLanguage = once((alert: Alert) => wordedAlert(alert, inWords));
