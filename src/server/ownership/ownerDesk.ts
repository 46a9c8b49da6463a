import type { Duplex } from "node:stream";
import { Deadline } from "../../core/deadline.js";
import { ClientLink } from "./clientLink.js";
import { writeLine } from "./line.js";
import type { SharedFolder } from "./ports.js";
import { greetClient, type Purpose } from "./proof.js";
import { Speakers } from "./speaker.js";

/** Whoever connects and has not proved who it is by then (ms) is sent away. */
const GREETING_MS = 10_000;

/** Where the other processes on a folder are received by the one that owns it. */
export class OwnerDesk {
  readonly speakers: Speakers;

  /** @param isWindow whether this process has a window of its own */
  constructor(
    private readonly folder: SharedFolder,
    isWindow: boolean,
  ) {
    this.speakers = new Speakers(isWindow);
  }

  /** Takes a connection of a process that has yet to prove who it is. */
  take(connection: Duplex): void {
    this.receive(connection).catch(() => connection.destroy());
  }

  private async receive(connection: Duplex): Promise<void> {
    const purpose = await new Deadline(GREETING_MS).within(this.greet(connection), null);
    if (purpose === null) connection.destroy();
    else if (purpose === "socket") await this.enter(connection);
    else this.link(connection, purpose === "window");
  }

  private async greet(connection: Duplex): Promise<Purpose> {
    return greetClient(connection, await this.folder.key());
  }

  /** Hands the connection to the server, whose gate it passes like any other. */
  private async enter(connection: Duplex): Promise<void> {
    const server = await this.folder.server();
    writeLine(connection, await server.entrance());
    server.accept(connection);
  }

  private link(connection: Duplex, isWindow: boolean): void {
    const { speakers } = this;
    const speaker = { tellSpeaks: (speaks: boolean) => link.tellSpeaks(speaks) };
    const speaks = isWindow && speakers.add(speaker);
    const link = new ClientLink(connection, this.folder, speaks, () => speakers.choose(speaker));
    if (isWindow) void link.closed.then(() => speakers.remove(speaker));
  }
}
