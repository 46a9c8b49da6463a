import type { StreamHealth } from "../src/protocol/health.js";
import type { PanelModel } from "./store.js";

/** Ages, load and memory move between emissions, too: asked for again after this long (ms) at the latest. */
const REPEAT_MS = 5_000;

/** Keeps the stream's figures live while somebody looks at them, and asks for nothing while nobody does. */
export class HealthWatch {
  private asking = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asked: PanelModel["status"] = null;

  constructor(
    private readonly ask: () => Promise<StreamHealth | null>,
    private readonly onHealth: (health: StreamHealth) => void,
  ) {}

  /** Asks, where the figures may be other ones by now. Called at every change of the page, its clock's ticks among them. */
  follow({ memory, visible, link, status, now }: PanelModel): void {
    if (!memory.healthOpen || !visible || link.state !== "connected") {
      this.askedAt = Number.NEGATIVE_INFINITY;
      return;
    }
    if (this.asking || (status === this.asked && Math.abs(now - this.askedAt) < REPEAT_MS)) return;
    this.asked = status;
    this.askedAt = now;
    void this.update();
  }

  private async update(): Promise<void> {
    this.asking = true;
    const health = await this.ask();
    this.asking = false;
    if (health) this.onHealth(health);
  }
}
