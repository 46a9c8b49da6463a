import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { HistorySeries } from "../../src/protocol/history.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { dayChangeOf } from "../model/cardText.js";
import { sparklinePath } from "../model/sparkline.js";
import { directionMark } from "./directionMark.js";
import { LightElement } from "./lightElement.js";

const SIZE = { width: 120, height: 22, margin: 2 };

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
    const path = sparklinePath(series.points, series, SIZE);
    const change = dayChangeOf(this.metricId, this.metric, series, this.locale);
    return html`<svg
        class="sparkline"
        data-testid="sparkline"
        viewBox="0 0 ${SIZE.width} ${SIZE.height}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >${path === "" ? nothing : svg`<path d=${path} />`}</svg
      >${
        change &&
        html`<span class="day-change" data-testid="day-change" data-tone=${change.tone}
          >${directionMark(change.direction)}<span class="said">${change.text}</span></span
        >`
      }`;
  }
}
