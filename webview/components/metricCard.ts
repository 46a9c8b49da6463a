import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { keyed } from "lit/directives/keyed.js";
import type { Alert } from "../../src/protocol/alerts.js";
import { displayValue } from "../../src/protocol/display.js";
import type { HistorySeries } from "../../src/protocol/history.js";
import type { Metric, Snapshot } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { alertSentence, cardAlertText, statusOf } from "../model/alerts.js";
import {
  type Delta,
  deltaOf,
  detailOf,
  locationText,
  recentLook,
  troubleOf,
  valueParts,
} from "../model/cardText.js";
import type { Change } from "../model/metricMemory.js";
import { age, exactTime } from "../model/time.js";
import { directionMark } from "./directionMark.js";
import { icon } from "./icon.js";
import { LightElement } from "./lightElement.js";
import "./sparkline.js";
import "./valueExplanation.js";

/** A unit's size beside its figure, as in card.css. */
const UNIT_SIZE = 0.55;

/** By which a card is moved; they name keys and are not for translation. */
const MOVE_KEYS = "Alt+Shift+ArrowLeft Alt+Shift+ArrowRight Alt+Shift+ArrowUp Alt+Shift+ArrowDown";

/** As long as the pulse in card.css. */
const PULSE_MS = 1_500;

@customElement("fusion-metric-card")
export class MetricCard extends LightElement {
  @property() metricId = "";
  @property({ attribute: false }) metric!: Metric;
  @property({ attribute: false }) snapshot!: Snapshot;
  @property({ attribute: false }) change: Change | undefined;
  /** Grows with every pulse; a card that has not pulsed has 0. */
  @property({ type: Number }) pulse = 0;
  /** Its last 24 hours; `null` until they have been read. */
  @property({ attribute: false }) recent: HistorySeries | null = null;
  /** The most urgent alert that fires on it. */
  @property({ attribute: false }) alert: Alert | null = null;
  /** Whether what it shows may be old because nothing reaches the page. */
  @property({ type: Boolean }) dimmed = false;
  @property({ type: Number }) now = 0;
  @property() locale = "en";
  @state() private pulsing = false;
  /** Whether there is more to say of a trouble than the card has room for. */
  @state() private cut = false;
  private readonly resizes = new ResizeObserver(() => this.measureTrouble());
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    // A card that is moved comes back, and nothing else would end its pulse.
    this.pulsing = false;
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("pulse") || this.pulse === 0) return;
    this.pulsing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.pulsing = false;
    }, PULSE_MS);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Set on the element: the page's policy forbids style attributes.
    if (changed.has("metric") || changed.has("locale")) {
      const { figure, unit } = valueParts(this.metric, this.locale);
      const length = figure.length + (unit === null ? 0 : (unit.length + 1) * UNIT_SIZE);
      this.style.setProperty("--characters", String(length));
    }
    this.resizes.disconnect();
    const trouble = this.querySelector(".card-trouble .clamp");
    if (trouble) this.resizes.observe(trouble);
    else this.cut = false;
  }

  protected override render(): TemplateResult {
    const { metric } = this;
    const text = displayValue(metric, this.locale);
    const { figure, unit } = valueParts(metric, this.locale);
    const classes = {
      card: true,
      pulse: this.pulsing,
      stale: metric.stale || this.dimmed,
      unavailable: metric.value === null,
    };
    const trouble = troubleOf(metric, this.now, this.locale);
    return html`<button
      type="button"
      class=${classMap(classes)}
      data-testid="card"
      data-metric=${this.metricId}
      data-value=${metric.concealed ? nothing : String(metric.value ?? "")}
      data-status=${this.metricId === "driveSync" && !metric.concealed ? (metric.value ?? nothing) : nothing}
      data-alert=${this.alert === null || this.alert.muted ? nothing : this.alert.severity}
      aria-disabled=${metric.source === null}
      aria-keyshortcuts=${MOVE_KEYS}
      title=${metric.source ? l10n.t("Open {0}", metric.source.file) : nothing}
      @click=${this.open}
    >
      <span class="card-head">
        ${icon(metric.icon)}
        <span class="card-label" title=${metric.label}><bdi>${metric.label}</bdi></span>
        ${this.alert === null ? nothing : this.alertMark(this.alert)} ${this.age()}
      </span>
      <span class="card-value" title=${metric.concealed ? nothing : text}>
        <span class="card-figure" aria-hidden=${metric.value === null || metric.concealed ? "true" : nothing}
          ><bdi>${figure}${unit === null ? nothing : html`<span class="card-unit"> ${unit}</span>`}</bdi></span
        >
        ${metric.concealed && metric.value !== null ? html`<span class="visually-hidden">${l10n.t("Hidden")}</span>` : nothing}
      </span>
      ${this.foot(trouble)} ${recentLook(metric) === null ? nothing : this.sparkline()}
      ${this.pulsing ? keyed(this.pulse, html`<span class="card-glow" aria-hidden="true"></span>`) : nothing}
    </button>
    ${this.cut ? this.more() : nothing}
    <button
      type="button"
      class="icon-button show-trend"
      data-testid="show-trend"
      aria-label=${l10n.t("Show trend of {0}", metric.label)}
      title=${l10n.t("Show trend of {0}", metric.label)}
      @click=${this.showTrend}
    >
      <span class="codicon codicon-graph-line" aria-hidden="true"></span>
    </button>
    <fusion-value-explanation
      .metricId=${this.metricId}
      .metric=${metric}
      .trouble=${trouble}
      .now=${this.now}
      .locale=${this.locale}
    ></fusion-value-explanation>`;
  }

  private alertMark(alert: Alert): TemplateResult {
    return html`<span
      class="alert-mark"
      data-testid="card-alert"
      data-severity=${alert.severity}
      data-status=${statusOf(alert)}
      title=${alertSentence(alert, this.locale)}
      ><span class="codicon codicon-${alert.muted ? "bell-slash" : alert.severity}" aria-hidden="true"></span
      ><span class="visually-hidden">${cardAlertText(alert, this.locale)}</span></span
    >`;
  }

  /** Its place is kept where there is none: the button that explains the value stands there too. */
  private age(): TemplateResult {
    const { changedAt } = this.metric;
    if (changedAt === null || this.metric.value === null) return html`<span class="card-age"></span>`;
    const exact = l10n.t("Last changed {0}", exactTime(changedAt, this.locale));
    return html`<time class="card-age" datetime=${changedAt} title=${exact}>${age(changedAt, this.now, this.locale)}</time>`;
  }

  private foot(trouble: string | null): TemplateResult {
    const { metric, now, locale } = this;
    if (trouble) {
      return html`<span class="card-foot card-trouble" title=${trouble}>
        <span class="codicon codicon-warning" aria-hidden="true"></span><span class="clamp said">${trouble}</span>
      </span>`;
    }
    const delta = deltaOf(this.metricId, metric, this.change, locale);
    const detail = detailOf(this.metricId, metric, this.change, this.snapshot, now, locale);
    const source = metric.source && locationText({ ...metric.source, line: null });
    return html`<span class="card-foot">
      ${delta ? this.delta(delta) : nothing}
      ${detail ? html`<span class="card-detail" data-testid="detail">${detail}</span>` : nothing}
      ${delta || detail || !source ? nothing : html`<span class="card-detail path">${source}</span>`}
    </span>`;
  }

  /** Leads to the explanation, which has room for everything. */
  private more(): TemplateResult {
    return html`<button
      type="button"
      class="link-button card-more"
      data-testid="card-more"
      aria-label=${l10n.t("Read all of {0}", this.metric.label)}
      @click=${() => this.querySelector<HTMLElement>('[data-testid="why"]')?.click()}
    >
      ${l10n.t("Read all")}
    </button>`;
  }

  private measureTrouble(): void {
    const trouble = this.querySelector(".card-trouble .clamp");
    this.cut = trouble !== null && trouble.scrollHeight > trouble.clientHeight + 1;
  }

  private sparkline(): TemplateResult {
    return html`<fusion-sparkline
      .metricId=${this.metricId}
      .metric=${this.metric}
      .series=${this.recent}
      .locale=${this.locale}
    ></fusion-sparkline>`;
  }

  private delta({ direction, tone, text }: Delta): TemplateResult {
    return html`<span class="card-delta" data-testid="delta" data-tone=${tone}
      >${directionMark(direction)}<span class="said">${text}</span></span
    >`;
  }

  private showTrend(): void {
    say(this, { kind: "trend", metrics: [this.metricId] });
  }

  private open(): void {
    if (this.metric.source === null) return;
    say(this, { kind: "ask", message: { type: "openMetric", metric: this.metricId } });
  }
}
