import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { entryOf } from "../model/metricMemory.js";
import { SPANS, type Span } from "../model/trendData.js";
import { LightElement } from "./lightElement.js";

/** More scales than this leave no room between their axes. */
const MOST_METRICS = 4;

/** Which metrics the trend shows, of which range, and how. */
@customElement("fusion-trend-toolbar")
export class TrendToolbar extends LightElement {
  /** Of the metrics shown. */
  @property({ attribute: false }) ids: readonly string[] = [];
  @property({ attribute: false }) metrics: Snapshot["metrics"] = {};
  /** `null` for a range that does not end now. */
  @property({ attribute: false }) span: Span | null = null;
  @property({ attribute: false }) range: HistoryRange = { from: 0, to: 0 };
  /** `null` where there is nothing that a table could show. */
  @property({ attribute: false }) asTable: boolean | null = null;
  @property({ attribute: false }) onSpan: (span: Span) => void = () => {};
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  @property({ attribute: false }) onTable: () => void = () => {};
  private dates: HistoryRange = { from: 0, to: 0 };

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A live range moves on while somebody writes another one.
    if (changed.has("range") && !this.querySelector("input:focus")) this.dates = this.range;
  }

  protected override render(): TemplateResult {
    return html`<div class="trend-head">
      <h2 id="trend-heading" class="section-heading">${l10n.t("Trend")}</h2>
      ${this.ids.map((id, index) => this.chip(id, index))}
      ${this.ids.length < MOST_METRICS ? this.adder() : nothing}
      <span class="trend-tools">${this.ranges()}
        ${this.asTable === null ? nothing : this.tableToggle(this.asTable)}
        <button type="button" class="icon-button trend-close" data-testid="trend-close"
          aria-label=${l10n.t("Close trend")} title=${l10n.t("Close trend")} @click=${() => this.choose([])}>
          <span class="codicon codicon-close" aria-hidden="true"></span>
        </button>
      </span>
    </div>`;
  }

  private chip(id: string, index: number): TemplateResult {
    const label = entryOf(this.metrics, id)?.label ?? id;
    const text = l10n.t("Remove {0} from the trend", label);
    return html`<button type="button" class="trend-chip" data-testid="trend-chip" data-colour=${index + 1}
      aria-label=${text} title=${text} @click=${() => this.choose(this.ids.filter((each) => each !== id))}>
      <span class="trend-dot" aria-hidden="true"></span><bdi>${label}</bdi>
      <span class="codicon codicon-close" aria-hidden="true"></span>
    </button>`;
  }

  private adder(): TemplateResult | typeof nothing {
    const others = Object.entries(this.metrics).filter(([id]) => !this.ids.includes(id));
    if (others.length === 0) return nothing;
    return html`<span class="picker"><select data-testid="trend-add" aria-label=${l10n.t("Add a metric to the trend")}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        this.choose([...this.ids, select.value]);
        select.value = "";
      }}>
      <option value="">${l10n.t("Add metric…")}</option>
      ${others.map(([id, { label }]) => html`<option value=${id}>${label}</option>`)}
    </select></span>`;
  }

  private ranges(): TemplateResult {
    return html`<span class="trend-ranges" role="group" aria-label=${l10n.t("Range")}>
      ${Object.keys(SPANS).map(
        (span) => html`<button type="button" data-testid="trend-range" data-range=${span}
        aria-pressed=${this.span === span} @click=${() => this.onSpan(span as Span)}>${spanLabel(span as Span)}</button>`,
      )}
    </span>
    ${this.date("from", l10n.t("From"))}${this.date("to", l10n.t("To"))}`;
  }

  private date(end: "from" | "to", label: string): TemplateResult {
    return html`<label class="trend-date"><span class="visually-hidden">${label}</span>
      <input type="datetime-local" data-testid="trend-${end}" .value=${localTime(this.dates[end])}
        @change=${this.setDates} /></label>`;
  }

  private readonly setDates = ({ target }: Event): void => {
    const [first, second] = this.querySelectorAll("input");
    if (!first || !second || !(target instanceof HTMLInputElement)) return;
    const [from, to] = [new Date(first.value).getTime(), new Date(second.value).getTime()];
    const wrong = from >= to;
    for (const input of [first, second]) input.setCustomValidity("");
    if (wrong) target.setCustomValidity(l10n.t("A range ends after it begins."));
    target.reportValidity();
    if (from < to) this.onWindow({ from, to });
  };

  private tableToggle(pressed: boolean): TemplateResult {
    return html`<button type="button" class="link-button" data-testid="trend-table-toggle" aria-pressed=${pressed}
      @click=${() => this.onTable()}>${l10n.t("Show as table")}</button>`;
  }

  private choose(metrics: readonly string[]): void {
    say(this, { kind: "trend", metrics });
  }
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

/** As a date-time input has it: local, to the minute. */
function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
