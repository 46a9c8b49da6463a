import { ownEntry } from "../src/protocol/ownEntry.js";
import type { PanelModel } from "./store.js";

/** Brings the card of a metric into view as soon as there is one, and has it pulse. */
export class CardReveal {
  private wanted: string | null = null;

  /** @param pulse has the metric's card pulse */
  constructor(private readonly pulse: (metric: string) => void) {}

  want(metric: string): void {
    this.wanted = metric;
  }

  follow({ snapshot, visible }: Pick<PanelModel, "snapshot" | "visible">): void {
    const metric = this.wanted;
    if (metric === null || !snapshot || !visible) return;
    if (!snapshot.cards.includes(metric) || !ownEntry(snapshot.metrics, metric)) return;
    this.wanted = null;
    this.pulse(metric);
    // The card is drawn after the state has changed.
    requestAnimationFrame(() => {
      const card = document.querySelector(`[data-testid="card"][data-metric="${CSS.escape(metric)}"]`);
      card?.scrollIntoView({ block: "nearest" });
    });
  }
}
