import { join } from "node:path";
import type { Alert } from "../../protocol/alerts.js";
import type { Clock } from "../clock.js";
import type { AlertDefinition } from "../config/alertDefinition.js";
import { type Disposable, DisposableStore } from "../disposable.js";
import { EventSource } from "../event.js";
import { JsonFile } from "../jsonFile.js";
import type { FusionStream } from "../stream.js";
import { AlertMonitor } from "./alertMonitor.js";

export interface StreamAlertsOptions {
  readonly stream: Pick<FusionStream, "onSnapshot" | "onStatus">;
  readonly clock: Clock;
  /** Absolute path of the folder where alerts are kept. */
  readonly storage: string;
  readonly onListenerError: (error: unknown) => void;
}

/** The alerts of whichever folder the stream follows: who listens here need not know when that changes. */
export class StreamAlerts implements Disposable {
  private readonly turns: EventSource<Alert>;
  private readonly lists: EventSource<readonly Alert[]>;
  private readonly subscriptions = new DisposableStore();
  /** One a file for as long as this lives: what the last monitor wrote is what the next one reads. */
  private readonly stores = new Map<string, JsonFile>();
  private monitor: AlertMonitor | null = null;
  private forwarding = new DisposableStore();

  constructor(private readonly options: StreamAlertsOptions) {
    const { stream, onListenerError } = options;
    this.turns = new EventSource(onListenerError);
    this.lists = new EventSource(onListenerError);
    this.subscriptions.add(stream.onSnapshot((snapshot) => this.monitor?.observe(snapshot)));
    this.subscriptions.add(stream.onStatus((status) => this.monitor?.observeEmitter(status)));
  }

  /**
   * Watches a folder's snapshots from now on, and no other's.
   * @param name tells the folder's file from those of other folders
   * @param watchSources whether a source without data is worth an alert
   * @returns what is to be told which alerts the folder declares
   */
  follow(name: string, watchSources: boolean): Pick<AlertMonitor, "define"> {
    const { clock, onListenerError } = this.options;
    this.end();
    const monitor = new AlertMonitor({ clock, store: this.store(name), watchSources, onListenerError });
    this.forwarding.add(monitor.onAlert((alert) => this.turns.fire(alert)));
    this.forwarding.add(monitor.onList((alerts) => this.lists.fire(alerts)));
    this.monitor = monitor;
    this.lists.fire(this.list());
    return { define: (definitions: readonly AlertDefinition[]) => monitor.define(definitions) };
  }

  /** Watches nothing: no folder is followed. */
  followNone(): void {
    this.end();
    this.lists.fire([]);
  }

  /** Alerts that fire, the most urgent first, then those that are over, the last one first. */
  list(): readonly Alert[] {
    return this.monitor?.list() ?? [];
  }

  /** @param listener called with every alert that begins to fire or ends, but not with one that held over a restart */
  onAlert(listener: (alert: Alert) => void): Disposable {
    return this.turns.subscribe(listener);
  }

  /** @param listener called with the whole list whenever something in it changes, and when another folder's takes its place */
  onList(listener: (alerts: readonly Alert[]) => void): Disposable {
    return this.lists.subscribe(listener);
  }

  /** Nobody is notified of this alert until then (epoch ms); `null` for until it is taken back. */
  mute(id: string, until: number | null): void {
    this.monitor?.mute(id, until);
  }

  unmute(id: string): void {
    this.monitor?.unmute(id);
  }

  /** Until when (epoch ms) an alert is muted; `null` where that has no end, or the alert is not muted. */
  mutedUntil(id: string): number | null {
    return this.monitor?.mutedUntil(id) ?? null;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.end();
  }

  /** Settles when what has to be known after a restart is on disk. */
  async flushed(): Promise<void> {
    await Promise.all([...this.stores.values()].map((store) => store.flushed()));
  }

  private end(): void {
    this.forwarding.dispose();
    this.forwarding = new DisposableStore();
    this.monitor?.dispose();
    this.monitor = null;
  }

  private store(name: string): JsonFile {
    const store = this.stores.get(name) ?? new JsonFile(join(this.options.storage, `alerts-${name}.json`));
    this.stores.set(name, store);
    return store;
  }
}
