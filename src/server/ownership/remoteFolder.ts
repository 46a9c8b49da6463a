import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { Deadline } from "../../core/deadline.js";
import type { Disposable } from "../../core/disposable.js";
import type { AddedSources } from "../../core/sources/addedSources.js";
import { Board } from "./board.js";
import { Channel } from "./channel.js";
import { connectToOwner } from "./claim.js";
import { readLine } from "./line.js";
import type { Entrance, OwnedState, OwnerTells } from "./messages.js";
import { SourceOffer } from "./offeredSources.js";
import type { MeetingPlace } from "./place.js";
import type { ConfigDocument, FolderParts, ServerAddress } from "./ports.js";
import { greetOwner } from "./proof.js";
import { type OwnerChannel, RemoteAlerts, RemoteStream, remoteHistory } from "./remoteParts.js";

/** How often (ms) the owner is asked whether it is well. */
const PING_MS = 5_000;

/** How long (ms) the owner may take to answer that, or to let in who wants a WebSocket. */
const ANSWER_MS = 5_000;

export interface JoinOptions {
  readonly place: MeetingPlace;
  /** The folder's key. */
  readonly key: Uint8Array;
  /** A window can speak to the user, and any other process cannot. */
  readonly purpose: "window" | "process";
}

/** A folder whose stream another process has: its parts, as that process shares them. */
export class RemoteFolder {
  readonly parts: FolderParts;
  readonly config: Board<ConfigDocument>;
  readonly address: Board<ServerAddress>;
  /** Whether this window is the one to speak to the user. */
  readonly speaks: Board<boolean>;
  /** Whether the owner answers: one that was halted holds the folder all the same. */
  readonly responsive = new Board(true);
  private readonly stream: RemoteStream;
  private readonly alerts: RemoteAlerts;
  private offer: SourceOffer | null = null;
  private ping: NodeJS.Timeout | undefined;
  private ended = false;

  private constructor(
    private readonly channel: OwnerChannel,
    private readonly options: JoinOptions,
    state: OwnedState,
  ) {
    this.stream = new RemoteStream(channel, state);
    this.alerts = new RemoteAlerts(channel, state);
    this.parts = { stream: this.stream, alerts: this.alerts, history: remoteHistory(channel) };
    this.config = new Board(state.config);
    this.address = new Board(state.address);
    this.speaks = new Board(state.speaks);
    this.schedulePing();
    void this.closed.then(() => {
      this.ended = true;
      clearTimeout(this.ping);
    });
  }

  /**
   * Joins the owner behind a connection, once it has proved that it is one. Waits for as long as it takes: an owner that
   * was halted answers when it goes on.
   * @throws NotTheOwner where it does not prove it; Error where the connection ends
   */
  static async join(connection: Socket, options: JoinOptions): Promise<RemoteFolder> {
    await greetOwner(connection, options.key, options.purpose);
    return await new Promise((resolve, reject) => {
      let folder: RemoteFolder | null = null;
      const hear = <N extends keyof OwnerTells>(name: N, value: OwnerTells[N]) => {
        if (name === "state") {
          folder = new RemoteFolder(channel, options, value as OwnedState);
          resolve(folder);
        } else folder?.hear(name, value);
      };
      const channel: OwnerChannel = new Channel(connection, hear, {
        readSource: (id) => {
          if (!folder?.offer) throw new Error("Nothing is offered here.");
          return folder.offer.read(id);
        },
      });
      void channel.closed.then(() => reject(new Error("The owner ended the connection.")));
    });
  }

  /** Settles when the owner is gone. */
  get closed(): Promise<void> {
    return this.channel.closed;
  }

  /**
   * A WebSocket to the owner's Socket.IO, with all rights. It is asked for a token only when it has proved itself.
   * Rejects where it does not, is gone, or does not answer.
   */
  async openSocket(): Promise<WebSocket> {
    const connection = await connectToOwner(this.options.place);
    if (connection === null) throw new Error("The process that has this folder's stream has ended.");
    // Whoever waits for an owner that was halted asks again, and each time there would be one more connection.
    const late = setTimeout(() => connection.destroy(), ANSWER_MS);
    try {
      return await this.enter(connection);
    } catch (error) {
      connection.destroy();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  /** The window has got the user's attention. */
  focused(): void {
    this.channel.tell("focused", null);
  }

  /** Reads this process' sources for the owner, until it is told not to or the owner is gone. */
  offerSources(sources: AddedSources): Disposable {
    const { channel } = this;
    const offer = new SourceOffer(
      sources,
      (offered) => channel.tell("sources", offered),
      (id) => channel.tell("sourceChanged", id),
    );
    this.offer = offer;
    return offer;
  }

  dispose(): void {
    this.channel.dispose();
  }

  private async enter(connection: Socket): Promise<WebSocket> {
    await greetOwner(connection, this.options.key, "socket");
    const { url, token } = (await readLine(connection)) as Entrance;
    const { webSocketOver } = await import("../inProcess.js");
    const socket = webSocketOver(connection, url, { Authorization: `Bearer ${token}` });
    // It was paused after the greeting, and nothing comes before it has been asked for.
    connection.resume();
    return socket;
  }

  private hear<N extends keyof OwnerTells>(name: N, value: OwnerTells[N]): void {
    this.heard[name]?.(value);
  }

  private readonly heard: { readonly [N in keyof OwnerTells]?: (value: OwnerTells[N]) => void } = {
    snapshot: (snapshot) => this.stream.emit(snapshot),
    status: (status) => this.stream.tellStatus(status),
    alert: (alert) => this.alerts.turn(alert),
    alerts: (list) => this.alerts.tellList(list),
    config: (config) => this.config.set(config),
    address: (address) => this.address.set(address),
    speaks: (speaks) => this.speaks.set(speaks),
  };

  private schedulePing(): void {
    this.ping = setTimeout(async () => {
      const answer = this.channel.ask("ping", null).then(
        () => true,
        () => true,
      );
      if (!(await new Deadline(ANSWER_MS).within(answer, false))) {
        this.responsive.set(false);
        await answer;
      }
      if (!this.responsive.value) this.responsive.set(true);
      if (!this.ended) this.schedulePing();
    }, PING_MS);
  }
}
