import * as l10n from "@vscode/l10n";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Alert } from "../../src/protocol/alerts.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import type { Chart, ChartData } from "../chart/chart.js";
import { stateMarks } from "../model/stateMarks.js";
import { alignedTrend, holdsWords, panned, type Trend, zoomed } from "../model/trendData.js";
import { trendLook } from "../model/trendLook.js";
import { marksOf } from "../model/trendMarks.js";
import type { TrendText } from "../model/trendText.js";
import { streamTime } from "../streamTime.js";
import { LightElement } from "./lightElement.js";
import { trendKey } from "./trendKey.js";

/** The trend's chart, what it says at its cursor, and its key. */
@customElement("fusion-trend-plot")
export class TrendPlot extends LightElement {
  @property({ attribute: false }) trend!: Trend;
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) text!: TrendText;
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  @property({ attribute: false }) onReset: () => void = () => {};
  @state() private cursor: number | null = null;
  @query(".trend-chart") private readonly target!: HTMLElement;
  private data: ChartData | null = null;
  private chart: Chart | null = null;
  private readonly themes = new MutationObserver(() => {
    this.discard();
    void this.draw();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themes.disconnect();
    this.discard();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("trend") || changed.has("alerts")) this.data = this.chartData();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("trend") || changed.has("alerts")) void this.draw();
  }

  protected override render(): TemplateResult {
    const { trend, text, cursor, data } = this;
    const keys = l10n.t("Arrow keys move, plus and minus zoom, 0 resets.");
    const summary = text.summary(trend, streamTime());
    // Time runs to the right in every language: so do the numbers on its axis, the sparklines and the arrow keys.
    return html`<div class="panel-box trend-box">
      <div class="trend-chart" dir="ltr" tabindex="0" role="img" data-testid="trend-chart"
        aria-label=${`${summary} ${keys}`} @keydown=${this.pressed} @dblclick=${() => this.onReset()}></div>
      ${data && trendKey(data.states, data.marks)}
      <p class="trend-readout quiet" data-testid="trend-readout">${
        cursor === null || !data ? summary : text.readout(trend, data, cursor)
      }</p>
    </div>`;
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    // They are VS Code's, which hears of no key that ends here. Shift is part of the plus on many keyboards.
    const isArrow = event.key.startsWith("Arrow");
    if (event.ctrlKey || event.metaKey || event.altKey || (isArrow && event.shiftKey)) return;
    const { from, to } = this.trend;
    switch (event.key) {
      case "+":
      case "=":
        this.onWindow(zoomed({ from, to }, 0.5));
        break;
      case "-":
        this.pan(zoomed({ from, to }, 2), 0);
        break;
      case "ArrowLeft":
        this.pan({ from, to }, -0.25);
        break;
      case "ArrowRight":
        this.pan({ from, to }, 0.25);
        break;
      case "0":
        this.onReset();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  private pan(range: HistoryRange, part: number): void {
    this.onWindow(panned(range, part, streamTime()));
  }

  private discard(): void {
    this.chart?.destroy();
    this.chart = null;
    this.cursor = null;
  }

  private async draw(): Promise<void> {
    const { drawChart } = await import("../chart/trends.js");
    const { data } = this;
    if (!this.isConnected || !data || this.chart?.update(data)) return;
    this.discard();
    this.chart = drawChart(this.target, data, {
      onCursor: (at) => {
        this.cursor = at;
      },
      onWindow: (range) => this.onWindow(range),
      onPanned: (part) => this.pan(this.trend, part),
    });
  }

  private chartData(): ChartData {
    const { trend, text } = this;
    const { times, columns } = alignedTrend(trend, streamTime());
    const lines = trend.series.map(({ metric }, index) => {
      const values = columns[index] ?? [];
      return {
        label: text.label(metric),
        values,
        text: holdsWords(values, text.metric(metric)),
        ...trendLook(index),
        write: (value: number) => this.text.value(metric, value),
      };
    });
    const states = stateMarks(lines.filter((line) => line.text).flatMap(({ values }) => values));
    const { from, to } = trend;
    return {
      from,
      to,
      times,
      lines,
      states,
      marks: marksOf(trend, this.alerts, text.locale),
      locale: text.locale,
    };
  }
}
