import type { Duplex } from "node:stream";
import { DisposableStore } from "../../core/disposable.js";
import { Channel } from "./channel.js";
import { HistoryTransfers } from "./historyTransfers.js";
import type { AlertList, ClientAsks, ClientTells, OwnerAsks, OwnerTells } from "./messages.js";
import { RemoteSources } from "./offeredSources.js";
import type { FolderAlerts, SharedFolder } from "./ports.js";

/** One other process on the folder, as its owner sees it: told all that happens, and answered what it asks. */
export class ClientLink {
  private readonly channel: Channel<OwnerTells, ClientTells, OwnerAsks, ClientAsks>;
  private readonly subscriptions = new DisposableStore();

  /**
   * @param speaks whether it is the one to speak to the user, for now
   * @param focused called when it gets the user's attention
   */
  constructor(connection: Duplex, folder: SharedFolder, speaks: boolean, focused: () => void) {
    const { stream, alerts, history } = folder.parts;
    const transfers = new HistoryTransfers(history);
    const sources = new RemoteSources(folder.added, (id) => this.channel.ask("readSource", id));
    const heard: { readonly [N in keyof ClientTells]: (value: ClientTells[N]) => void } = {
      focused,
      sources: (offered) => sources.take(offered),
      sourceChanged: (id) => sources.changed(id),
    };
    const hear = <N extends keyof ClientTells>(name: N, value: ClientTells[N]) => heard[name]?.(value);
    this.channel = new Channel<OwnerTells, ClientTells, OwnerAsks, ClientAsks>(connection, hear, {
      ping: () => null,
      refresh: () => stream.refresh(),
      listSources: () => stream.sourceFigures(),
      setInterval: (minutes) => {
        stream.setInterval(minutes);
        return null;
      },
      mute: ({ id, until }) => {
        alerts.mute(id, until);
        return null;
      },
      unmute: (id) => {
        alerts.unmute(id);
        return null;
      },
      queryHistory: (query) => history.query(query),
      listMetrics: () => history.metrics(),
      listGaps: async (range) => {
        const gaps = await history.gaps(range);
        return gaps.map(({ after, until }) => ({
          after,
          until: until === Number.POSITIVE_INFINITY ? null : until,
        }));
      },
      listCommits: (range) => history.commits(range),
      ...transfers.answers,
    });
    const { channel } = this;
    channel.tell("state", {
      snapshot: stream.latest,
      status: stream.status(),
      alerts: alertList(alerts),
      config: folder.config.value,
      address: folder.address.value,
      speaks,
    });
    for (const subscription of [
      stream.onSnapshot((snapshot) => channel.tell("snapshot", snapshot)),
      stream.onStatus((status) => channel.tell("status", status)),
      alerts.onAlert((alert) => channel.tell("alert", alert)),
      alerts.onList(() => channel.tell("alerts", alertList(alerts))),
      folder.config.onChange((config) => channel.tell("config", config)),
      folder.address.onChange((address) => channel.tell("address", address)),
    ])
      this.subscriptions.add(subscription);
    void this.closed.then(() => {
      sources.dispose();
      transfers.dispose();
      this.subscriptions.dispose();
    });
  }

  get closed(): Promise<void> {
    return this.channel.closed;
  }

  tellSpeaks(speaks: boolean): void {
    this.channel.tell("speaks", speaks);
  }
}

function alertList(alerts: FolderAlerts): AlertList {
  const list = alerts.list();
  const muted = list.filter(({ muted }) => muted).map(({ id }) => [id, alerts.mutedUntil(id)] as const);
  return { alerts: list, mutedUntil: Object.fromEntries(muted) };
}
