import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { HistorySeries } from "../../src/protocol/history.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { dayChangeOf, recentLook } from "../model/cardText.js";
import { areaUnder, sparklinePath } from "../model/sparkline.js";
import { type StateBlock, stateBlocks } from "../model/stateStrip.js";
import { directionMark } from "./directionMark.js";
import { LightElement } from "./lightElement.js";

const SIZE = { width: 120, height: 22, margin: 2 };

/** How high a block of a strip is: what is worse stands out by more than its colour. */
const BLOCK_HEIGHT: Readonly<Record<StateBlock["tone"], number>> = {
  good: 6,
  neutral: 10,
  warn: 16,
  bad: 22,
};

/** A metric's last 24 hours at a glance; its place is kept while they are not there. */
@customElement("fusion-sparkline")
export class Sparkline extends LightElement {
  @property() metricId = "";
  @property({ attribute: false }) metric!: Metric;
  /** `null` until it has been read. */
  @property({ attribute: false }) series: HistorySeries | null = null;
  @property() locale = "en";
  private readonly seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    this.seen.disconnect();
    say(this, { kind: "recent", metric: this.metricId });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.seen.disconnect();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { series } = this;
    if (!series) return nothing;
    const change = dayChangeOf(this.metricId, this.metric, series, this.locale);
    return html`<svg
        class="sparkline"
        data-testid="sparkline"
        viewBox="0 0 ${SIZE.width} ${SIZE.height}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >${recentLook(this.metric) === "strip" ? strip(series) : line(series)}</svg
      >${
        change &&
        html`<span class="day-change" data-testid="day-change" data-tone=${change.tone}
          >${directionMark(change.direction)}<span class="said">${change.text}</span></span
        >`
      }`;
  }
}

function line(series: HistorySeries): TemplateResult | typeof nothing {
  const path = sparklinePath(series.points, series, SIZE);
  if (path === "") return nothing;
  return svg`<path class="area" d=${areaUnder(path, SIZE)} /><path class="line" d=${path} />`;
}

function strip(series: HistorySeries): TemplateResult[] {
  return stateBlocks(series.points, series, SIZE.width).map(({ x, width, tone }) => {
    const height = BLOCK_HEIGHT[tone];
    return svg`<rect data-tone=${tone} x=${x} y=${SIZE.height - height} width=${width} height=${height} />`;
  });
}
