import type { PanelToHost } from "../src/protocol/panel.js";
import type { TrendViewMemory } from "./model/trendMemory.js";

/** What the user asks for; components say it, the page's root does it. */
export type Intent =
  | { readonly kind: "refresh" }
  | { readonly kind: "interval"; readonly minutes: number }
  | { readonly kind: "toggleInsight"; readonly id: string }
  | { readonly kind: "showAllInsights" }
  | { readonly kind: "toggleHealth"; readonly open: boolean }
  /** A metric whose last day is to be shown from now on. */
  | { readonly kind: "recent"; readonly metric: string }
  /** Metrics whose trend is shown; none closes it. */
  | { readonly kind: "trend"; readonly metrics: readonly string[] }
  /** How the trend shows them from now on. */
  | { readonly kind: "trendView"; readonly view: TrendViewMemory }
  /** The order that the cards are to have, and the metric whose card was moved. */
  | { readonly kind: "arrange"; readonly cards: readonly string[]; readonly moved: string }
  | { readonly kind: "ask"; readonly message: PanelToHost };

export class IntentEvent extends Event {
  static readonly type = "fusion-intent";

  constructor(readonly intent: Intent) {
    super(IntentEvent.type, { bubbles: true });
  }
}

/** Says an intent on behalf of an element. */
export function say(element: EventTarget, intent: Intent): void {
  element.dispatchEvent(new IntentEvent(intent));
}
