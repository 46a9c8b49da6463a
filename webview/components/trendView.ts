import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Alert } from "../../src/protocol/alerts.js";
import { displayValue, NO_VALUE } from "../../src/protocol/display.js";
import type { Commit, HistoryRange, HistorySeries } from "../../src/protocol/history.js";
import type { Metric, MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import type { Chart, Mark } from "../chart/chart.js";
import type { StreamConnection } from "../connection.js";
import { say } from "../intent.js";
import { entryOf } from "../model/metricMemory.js";
import { alignSeries, extended, panned, SPANS, type Span, tableRows, zoomed } from "../model/trendData.js";
import { LightElement } from "./lightElement.js";

/** More scales than this leave no room between their axes. */
const MOST_METRICS = 4;

/** Custom properties of trend.css, one for each metric shown. */
const COLOURS = ["--trend-1", "--trend-2", "--trend-3", "--trend-4"];

/** How many rows the table has at most: a browser draws no more at once. */
const MOST_ROWS = 500;

/** How metrics came to where they are: a chart, and a table of the same points. */
@customElement("fusion-trend-view")
export class TrendView extends LightElement {
  @property({ attribute: false }) source!: Pick<StreamConnection, "history" | "commits">;
  @property({ attribute: false }) metrics: readonly string[] = [];
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) snapshot!: Snapshot;
  @property() locale = "en";
  @state() private span: Span | null = "24h";
  @state() private range: HistoryRange = { from: 0, to: 0 };
  @state() private series: readonly HistorySeries[] | null = null;
  @state() private commits: readonly Commit[] = [];
  @state() private failure: string | null = null;
  @state() private cursor: number | null = null;
  @state() private asTable = false;
  @query(".trend-chart") private readonly target!: HTMLElement | null;
  private chart: Chart | null = null;
  private asked = 0;
  private readonly themes = new MutationObserver(() => void this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themes.disconnect();
    this.chart?.destroy();
    this.chart = null;
    this.asked++;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("metrics")) void this.load();
    else if (changed.has("snapshot") && this.span && this.series) this.extend(this.span, this.series);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("metrics") && changed.get("metrics") === undefined) {
      this.querySelector<HTMLElement>(".trend")?.focus();
    }
    const drawn = ["series", "range", "alerts", "commits", "asTable", "locale"];
    if (drawn.some((each) => changed.has(each))) void this.draw();
  }

  protected override render(): TemplateResult {
    const count = this.series?.reduce((sum, { points }) => sum + points.length, 0) ?? 0;
    return html`<section
      class="trend"
      tabindex="-1"
      aria-labelledby="trend-heading"
      aria-busy=${this.series === null && this.failure === null}
      data-testid="trend"
      data-points=${count}
    >
      <div class="trend-head">
        <h2 id="trend-heading" class="section-heading">${l10n.t("Trend")}</h2>
        ${this.metrics.map((id, index) => this.chip(id, index))}
        ${this.metrics.length < MOST_METRICS ? this.adder() : nothing}
        <span class="trend-tools">${this.ranges()}
          <button type="button" class="link-button" data-testid="trend-table-toggle" aria-pressed=${this.asTable}
            @click=${this.toggleTable}>${l10n.t("Show as table")}</button>
          <button type="button" class="icon-button" data-testid="trend-close" aria-label=${l10n.t("Close trend")}
            title=${l10n.t("Close trend")} @click=${this.close}>
            <span class="codicon codicon-close" aria-hidden="true"></span>
          </button>
        </span>
      </div>
      ${this.body(count)}
    </section>`;
  }

  private body(count: number): TemplateResult {
    if (this.failure !== null) {
      return html`<p class="panel-box row" role="alert" data-testid="trend-error">
        ${l10n.t("The history could not be read: {0}.", this.failure)}
        <button type="button" class="link-button" @click=${this.load}>${l10n.t("Try again")}</button>
      </p>`;
    }
    if (this.series === null) {
      return html`<p class="panel-box row quiet trend-wait" data-testid="trend-loading">${l10n.t("Reading the history…")}</p>`;
    }
    if (count === 0) {
      return html`<p class="panel-box row quiet trend-wait" data-testid="trend-empty">
        ${l10n.t("History begins now: there is nothing yet in this range.")}
      </p>`;
    }
    return html`<p class="visually-hidden" data-testid="trend-summary">${this.summary()}</p>
      ${this.asTable ? this.table() : this.plot()}`;
  }

  private plot(): TemplateResult {
    const keys = l10n.t("Arrow keys move, plus and minus zoom, 0 resets.");
    return html`<div class="panel-box trend-box">
      <div class="trend-chart" tabindex="0" role="img" data-testid="trend-chart"
        aria-label=${`${this.summary()} ${keys}`} @keydown=${this.pressed} @dblclick=${this.reset}></div>
      <p class="trend-readout quiet" data-testid="trend-readout">${this.readout()}</p>
    </div>`;
  }

  private table(): TemplateResult {
    const rows = tableRows(this.aligned());
    const shown = rows.slice(-MOST_ROWS);
    const marks = this.marks();
    return html`<div class="panel-box trend-scroll" tabindex="0" role="region" aria-label=${l10n.t("Trend as a table")}>
      <table data-testid="trend-table">
        <caption class="visually-hidden">${this.summary()}</caption>
        <thead><tr><th scope="col">${l10n.t("Time")}</th>
          ${this.metrics.map((id) => html`<th scope="col">${this.metric(id)?.label ?? id}</th>`)}</tr></thead>
        <tbody>${shown.map(
          ({ at, values }) => html`<tr data-testid="trend-row"><th scope="row">${this.time(at)}</th>
          ${values.map((value, index) => html`<td>${this.write(this.metrics[index] ?? "", value)}</td>`)}</tr>`,
        )}
          ${marks.map(
            ({ at, text }) => html`<tr data-testid="trend-mark"><th scope="row">${this.time(at)}</th>
          <td colspan=${this.metrics.length}>${text}</td></tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private chip(id: string, index: number): TemplateResult {
    const label = this.metric(id)?.label ?? id;
    const text = l10n.t("Remove {0} from the trend", label);
    return html`<button type="button" class="trend-chip" data-testid="trend-chip" data-colour=${index + 1}
      aria-label=${text} title=${text} @click=${() => this.choose(this.metrics.filter((each) => each !== id))}>
      <span class="trend-dot" aria-hidden="true"></span><bdi>${label}</bdi>
      <span class="codicon codicon-close" aria-hidden="true"></span>
    </button>`;
  }

  private adder(): TemplateResult {
    const others = Object.entries(this.snapshot.metrics).filter(([id]) => !this.metrics.includes(id));
    if (others.length === 0) return html``;
    return html`<span class="picker"><select data-testid="trend-add" aria-label=${l10n.t("Add a metric to the trend")}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        this.choose([...this.metrics, select.value]);
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
        aria-pressed=${this.span === span} @click=${() => this.setSpan(span as Span)}>${spanLabel(span as Span)}</button>`,
      )}
    </span>
    <label class="trend-date"><span class="visually-hidden">${l10n.t("From")}</span>
      <input type="datetime-local" data-testid="trend-from" .value=${localTime(this.range.from)} @change=${this.setDates} /></label>
    <label class="trend-date"><span class="visually-hidden">${l10n.t("To")}</span>
      <input type="datetime-local" data-testid="trend-to" .value=${localTime(this.range.to)} @change=${this.setDates} /></label>`;
  }

  private readonly setDates = (): void => {
    const read = (name: string) =>
      new Date(this.querySelector<HTMLInputElement>(`[data-testid="trend-${name}"]`)?.value ?? "").getTime();
    const [from, to] = [read("from"), read("to")];
    if (from < to) this.setWindow({ from, to });
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const { range } = this;
    const now = Date.now();
    switch (event.key) {
      case "+":
      case "=":
        this.setWindow(zoomed(range, 0.5));
        break;
      case "-":
        this.setWindow(panned(zoomed(range, 2), 0, now));
        break;
      case "ArrowLeft":
        this.setWindow(panned(range, -0.25, now));
        break;
      case "ArrowRight":
        this.setWindow(panned(range, 0.25, now));
        break;
      case "0":
        this.reset();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  private readonly reset = (): void => this.setSpan("24h");

  private setSpan(span: Span): void {
    this.span = span;
    void this.load();
  }

  private setWindow({ from, to }: HistoryRange): void {
    this.span = null;
    this.range = { from: Math.round(from), to: Math.round(to) };
    void this.load();
  }

  private readonly load = async (): Promise<void> => {
    const request = ++this.asked;
    const now = Date.now();
    if (this.span) this.range = { from: now - SPANS[this.span], to: now };
    const { range } = this;
    this.failure = null;
    try {
      const series = await Promise.all(
        this.metrics.map((metric) => this.source.history({ metric, ...range })),
      );
      if (request === this.asked) this.series = series;
    } catch (error) {
      if (request === this.asked) this.failure = error instanceof Error ? error.message : String(error);
      return;
    }
    // A folder without a repository has no commits to show: the chart is whole without them.
    const commits = await this.source.commits(range).catch(() => []);
    if (request === this.asked) this.commits = commits;
  };

  private extend(span: Span, series: readonly HistorySeries[]): void {
    const now = Date.now();
    this.range = { from: now - SPANS[span], to: now };
    this.series = series.map((each) => extended(each, this.snapshot));
  }

  private async draw(): Promise<void> {
    const { drawChart } = await import("../chart/trends.js");
    this.chart?.destroy();
    this.chart = null;
    if (!this.target || !this.isConnected) return;
    const { times, columns } = this.aligned();
    const lines = columns.map((values, index) => {
      const id = this.metrics[index] ?? "";
      return {
        values,
        text: values.some((value) => typeof value === "string"),
        colour: COLOURS[index] ?? "",
        write: (value: number) => this.write(id, value),
      };
    });
    const data = { ...this.range, times, lines, marks: this.marks(), locale: this.locale };
    this.chart = drawChart(this.target, data, {
      onCursor: (at) => {
        this.cursor = at;
      },
      onWindow: (range) => this.setWindow(range),
    });
  }

  private aligned() {
    return alignSeries(this.series ?? [], Math.min(this.range.to, Date.now()));
  }

  private marks(): Mark[] {
    const { from, to } = this.range;
    const alerts = this.alerts
      .filter(({ metric }) => this.metrics.includes(metric))
      .map(({ since, message }): Mark => ({ at: Date.parse(since), kind: "alert", text: message }));
    const commits = this.commits.map(({ time, hash, subject }): Mark => {
      return { at: time, kind: "commit", text: `${hash.slice(0, 7)} ${subject}` };
    });
    return [...alerts, ...commits].filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
  }

  private readout(): string {
    const { cursor } = this;
    if (cursor === null) return this.summary();
    const { times, columns } = this.aligned();
    const row = times.findLastIndex((at) => at <= cursor);
    const values = columns.map((column, index) => {
      const id = this.metrics[index] ?? "";
      return `${this.metric(id)?.label ?? id}: ${this.write(id, column[row] ?? null)}`;
    });
    const near = (this.range.to - this.range.from) / 100;
    const marks = this.marks().filter(({ at }) => Math.abs(at - cursor) < near);
    return [this.time(cursor), ...values, ...marks.map(({ text }) => text)].join(" · ");
  }

  private summary(): string {
    const parts = (this.series ?? []).map(({ metric, points }) => {
      const label = this.metric(metric)?.label ?? metric;
      const numbers = points.map(([, value]) => value).filter((value) => typeof value === "number");
      const last = this.write(metric, points.at(-1)?.[1] ?? null);
      if (numbers.length === 0) return l10n.t("{0}: {1}", label, last);
      const least = this.write(
        metric,
        numbers.reduce((a, b) => Math.min(a, b)),
      );
      const most = this.write(
        metric,
        numbers.reduce((a, b) => Math.max(a, b)),
      );
      return l10n.t("{0}: {1} now, between {2} and {3}", label, last, least, most);
    });
    return `${this.time(this.range.from)} – ${this.time(this.range.to)}. ${parts.join("; ")}.`;
  }

  private metric(id: string): Metric | undefined {
    return entryOf(this.snapshot.metrics, id);
  }

  private write(id: string, value: MetricValue): string {
    const metric = this.metric(id);
    return metric ? displayValue({ ...metric, value }, this.locale) : String(value ?? NO_VALUE);
  }

  private time(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }

  private choose(metrics: readonly string[]): void {
    say(this, { kind: "trend", metrics });
  }

  private readonly close = (): void => this.choose([]);

  private readonly toggleTable = (): void => {
    this.asTable = !this.asTable;
  };
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
