import { Transport } from "engine.io-client";
import { encodePacket, type Packet } from "engine.io-parser";
import type { HostToPanel } from "../src/protocol/panel.js";
import type { PanelHost } from "./panelHost.js";

/** Counts the page's sockets, so that a late packet of an old one is told apart. */
let sockets = 0;

/**
 * An engine.io transport whose packets travel through the extension host: the page itself has no network. The host
 * authenticates, so no token ever reaches the page.
 */
export function relayThrough(host: Pick<PanelHost, "post" | "listen">) {
  return class RelayTransport extends Transport {
    private readonly id = ++sockets;
    private stopListening: () => void = () => {};

    override get name(): string {
      return "relay";
    }

    protected override doOpen(): void {
      this.stopListening = host.listen((message) => this.receive(message));
      host.post({ type: "relayOpen", id: this.id });
    }

    protected override doClose(): void {
      this.stopListening();
      host.post({ type: "relayClose", id: this.id });
    }

    protected override write(packets: Packet[]): void {
      this.writable = false;
      for (const packet of packets) {
        encodePacket(packet, false, (data) =>
          host.post({ type: "relayPacket", id: this.id, data: String(data) }),
        );
      }
      // Deferred: the engine clears its buffer on `drain`, and fills it only after this call returns.
      queueMicrotask(() => {
        this.writable = true;
        this.emitReserved("drain");
      });
    }

    private receive(message: HostToPanel): void {
      if (!("id" in message) || message.id !== this.id) return;
      switch (message.type) {
        case "relayOpened":
          this.onOpen();
          break;
        case "relayPacket":
          this.onData(message.data);
          break;
        case "relayClosed":
          this.stopListening();
          if (this.readyState === "opening") this.onError(message.reason, message.reason);
          else this.onClose({ description: message.reason });
          break;
      }
    }
  };
}
