import { io, type Socket } from "socket.io-client";
import type { ClientToServerEvents, ServerToClientEvents } from "../../src/protocol/events.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import type { Expected } from "./soakedFolder.js";
import { waitFor } from "./waitFor.js";

/** A client that stays and looks closely. */
export class WatchingClient {
  /** Of the snapshots' numbers, those that it was sent none of, though a later one. */
  leftOut = 0;
  /** Refreshes that the server would not do. */
  refused = 0;
  longestGapMs = 0;
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private latest: Snapshot | null = null;
  private receivedAt = 0;
  private readonly firing = new Set<string>();

  constructor(url: string, token: string) {
    this.socket = io(url, { auth: { token }, transports: ["websocket"] });
    this.socket.on("fusionUpdate", (snapshot) => this.receive(snapshot));
    this.socket.on("fusionAlert", ({ metric, state }) => {
      if (state === "firing") this.firing.add(metric);
      else this.firing.delete(metric);
    });
  }

  /**
   * Waits for what is expected.
   * @param patience milliseconds
   * @returns what had not come by then, in words; nothing where all had
   */
  async receives(expected: Expected, patience: number): Promise<string[]> {
    const all = () => this.lacking(expected).length === 0;
    await waitFor(all, { timeout: patience, interval: 5 }).catch(() => undefined);
    return this.lacking(expected);
  }

  async refresh(): Promise<void> {
    const reply = await this.socket.timeout(30_000).emitWithAck("fusionRefresh");
    if (!reply.ok) this.refused += 1;
  }

  close(): void {
    this.socket.disconnect();
  }

  private receive(snapshot: Snapshot): void {
    const now = performance.now();
    if (this.latest !== null) {
      // The first one may come twice: it is held, and it is new.
      this.leftOut += Math.max(0, snapshot.sequence - this.latest.sequence - 1);
      this.longestGapMs = Math.max(this.longestGapMs, now - this.receivedAt);
    }
    this.latest = snapshot;
    this.receivedAt = now;
  }

  private lacking({ metrics, firing }: Expected): string[] {
    const lacking: string[] = [];
    for (const [id, [value, available]] of Object.entries(metrics)) {
      const metric = this.latest?.metrics[id];
      if (metric?.value !== value || metric.available !== available)
        lacking.push(
          `${id} is ${metric?.value}, not ${value} (${available ? "to be had" : "not to be had"})`,
        );
    }
    if ([...this.firing].sort().join() !== [...firing].sort().join())
      lacking.push(`alerts on ${[...this.firing].join()}, not on ${firing.join()}`);
    return lacking;
  }
}
