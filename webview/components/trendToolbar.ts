import * as l10n from "@vscode/l10n";
import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { ListChoice } from "../listChoice.js";
import { SPANS, type Span } from "../model/trendData.js";
import { MOST_METRICS, trendLook } from "../model/trendLook.js";
import { LightElement } from "./lightElement.js";
import "./trendDates.js";

/** Which metrics the trend shows, of which range, and how. */
@customElement("fusion-trend-toolbar")
export class TrendToolbar extends LightElement {
  /** Of the metrics shown. */
  @property({ attribute: false }) ids: readonly string[] = [];
  @property({ attribute: false }) metrics: Snapshot["metrics"] = {};
  /** Those of them that are words. */
  @property({ attribute: false }) words: ReadonlySet<string> = new Set();
  /** `null` for a range that does not end now. */
  @property({ attribute: false }) span: Span | null = null;
  @property({ attribute: false }) range: HistoryRange = { from: 0, to: 0 };
  /** `null` where there is nothing that a table could show. */
  @property({ attribute: false }) asTable: boolean | null = null;
  @property({ attribute: false }) onSpan: (span: Span) => void = () => {};
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  @property({ attribute: false }) onTable: () => void = () => {};
  @state() private datesShown = false;
  @query('[data-testid="trend-add"]') private readonly adding!: HTMLSelectElement;
  private readonly added = new ListChoice((metric) => {
    this.adding.value = "";
    this.choose([...this.ids, metric]);
  });

  protected override render(): TemplateResult {
    return html`<div class="trend-head">
      <h2 id="trend-heading" class="section-heading">${l10n.t("Trend")}</h2>
      <span class="trend-metrics">${this.ids.map((id, index) => this.chip(id, index))}
        ${this.ids.length < MOST_METRICS ? this.adder() : nothing}</span>
      <span class="trend-tools">${this.ranges()} ${this.datesToggle()}
        ${this.asTable === null ? nothing : this.tableToggle(this.asTable)}
        ${this.tool("trend-close", "close", l10n.t("Close trend"), () => this.choose([]))}
      </span>
      ${
        this.datesShown
          ? html`<fusion-trend-dates .range=${this.range} .onWindow=${this.onWindow}></fusion-trend-dates>`
          : nothing
      }
    </div>`;
  }

  private chip(id: string, index: number): TemplateResult {
    const label = ownEntry(this.metrics, id)?.label ?? id;
    const text = l10n.t("Remove {0} from the trend", label);
    return html`<button type="button" class="trend-chip" data-testid="trend-chip" data-colour=${index + 1}
      aria-label=${text} title=${text} @click=${() => this.choose(this.ids.filter((each) => each !== id))}>
      ${this.words.has(id) ? html`<span class="codicon codicon-symbol-string" aria-hidden="true"></span>` : sample(index)}
      <bdi>${label}</bdi><span class="codicon codicon-close" aria-hidden="true"></span>
    </button>`;
  }

  private adder(): TemplateResult | typeof nothing {
    const others = Object.entries(this.metrics).filter(([id]) => !this.ids.includes(id));
    if (others.length === 0) return nothing;
    return html`<span class="picker trend-adder"><select data-testid="trend-add" aria-label=${l10n.t("Add a metric to the trend")}
      @keydown=${this.added} @keyup=${this.added} @change=${this.added} @blur=${this.added}>
      <option value="">${l10n.t("Add metric…")}</option>
      ${others.map(([id, { label }]) => html`<option value=${id}>${label}</option>`)}
    </select><span class="codicon codicon-chevron-down" aria-hidden="true"></span></span>`;
  }

  private ranges(): TemplateResult {
    return html`<span class="trend-ranges" role="group" aria-label=${l10n.t("Range")}>
      ${Object.keys(SPANS).map(
        (span) => html`<button type="button" data-testid="trend-range" data-range=${span}
        aria-pressed=${this.span === span} @click=${() => this.onSpan(span as Span)}>${spanLabel(span as Span)}</button>`,
      )}
    </span>`;
  }

  private datesToggle(): TemplateResult {
    const label = l10n.t("Choose dates");
    return html`<button type="button" class="icon-button" data-testid="trend-custom" aria-label=${label} title=${label}
      aria-expanded=${this.datesShown} data-active=${this.span === null}
      @click=${() => {
        this.datesShown = !this.datesShown;
      }}><span class="codicon codicon-calendar" aria-hidden="true"></span></button>`;
  }

  private tableToggle(asTable: boolean): TemplateResult {
    return asTable
      ? this.tool("trend-table-toggle", "graph-line", l10n.t("Show as chart"), () => this.onTable())
      : this.tool("trend-table-toggle", "table", l10n.t("Show as table"), () => this.onTable());
  }

  private tool(testid: string, icon: string, label: string, act: () => void): TemplateResult {
    return html`<button type="button" class="icon-button" data-testid=${testid} aria-label=${label} title=${label}
      @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
  }

  private choose(metrics: readonly string[]): void {
    if (metrics.length === 0) this.leave();
    say(this, { kind: "trend", metrics });
  }

  /** With the keyboard, back to the card where the trend was asked for. */
  private leave(): void {
    const [id = ""] = this.ids;
    if (!this.querySelector(":focus-visible")) return;
    const card = document.querySelector(`[data-testid="card"][data-metric="${CSS.escape(id)}"]`);
    card?.parentElement?.querySelector<HTMLElement>(".show-trend")?.focus();
  }
}

/** A piece of the metric's line. */
function sample(index: number): TemplateResult {
  return html`<svg class="trend-sample" viewBox="0 0 18 8" aria-hidden="true">
    ${svg`<path d="M0 4H18" stroke-dasharray=${trendLook(index).dash.join(" ") || "none"} />`}
  </svg>`;
}

function spanLabel(span: Span): string {
  switch (span) {
    case "1h":
      return l10n.t("1 h");
    case "24h":
      return l10n.t("24 h");
    case "7d":
      return l10n.t("7 d");
    case "30d":
      return l10n.t("30 d");
    case "1y":
      return l10n.t("1 y");
  }
}
