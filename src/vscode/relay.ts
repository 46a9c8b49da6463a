import type { WebSocket } from "ws";
import type { HostToPanel } from "../protocol/panel.js";

/** What the relay needs of the server: a WebSocket to the stream, already past the gate. */
export interface RelayTarget {
  connectInProcess(): Promise<WebSocket>;
}

/** Pipes the packets of the page's sockets to the stream's WebSocket and back. */
export class Relay {
  private readonly sockets = new Map<number, WebSocket>();
  /** What the page waits for, by its number: a server that answers later may find nobody waiting, or another page. */
  private readonly openings = new Map<number, symbol>();

  constructor(
    private readonly target: () => Promise<RelayTarget>,
    private readonly post: (message: HostToPanel) => void,
  ) {}

  /** Opens a socket under the page's number for it. */
  async open(id: number): Promise<void> {
    const opening = Symbol();
    this.openings.set(id, opening);
    const isAwaited = () => this.openings.get(id) === opening;
    try {
      const target = await this.target();
      if (!isAwaited()) return;
      const socket = await target.connectInProcess();
      if (isAwaited()) this.pipe(id, socket);
      else socket.once("error", () => undefined).terminate();
    } catch (error) {
      if (!isAwaited()) return;
      this.post({ type: "relayClosed", id, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      if (isAwaited()) this.openings.delete(id);
    }
  }

  send(id: number, data: string): void {
    const socket = this.sockets.get(id);
    if (socket?.readyState === socket?.OPEN) socket?.send(data);
  }

  close(id: number): void {
    this.openings.delete(id);
    this.sockets.get(id)?.close();
    this.sockets.delete(id);
  }

  /** The page is gone or begins anew: none of its sockets may linger. */
  closeAll(): void {
    for (const id of [...this.openings.keys(), ...this.sockets.keys()]) this.close(id);
  }

  private pipe(id: number, socket: WebSocket): void {
    this.close(id);
    this.sockets.set(id, socket);
    // Another page counts from the beginning: what comes late of a closed one is not meant for its socket of that number.
    const isShown = () => this.sockets.get(id) === socket;
    socket.on("open", () => this.post({ type: "relayOpened", id }));
    socket.on("message", (data, isBinary) => {
      if (!isBinary && isShown()) this.post({ type: "relayPacket", id, data: String(data) });
    });
    // "close" follows every "error", and is what the page hears.
    socket.on("error", () => undefined);
    socket.on("close", (_code, reason) => {
      if (!isShown()) return;
      this.sockets.delete(id);
      this.post({ type: "relayClosed", id, reason: String(reason) });
    });
  }
}
