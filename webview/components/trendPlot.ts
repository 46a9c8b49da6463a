import * as l10n from "@vscode/l10n";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Alert } from "../../src/protocol/alerts.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import type { Chart, ChartData } from "../chart/chart.js";
import { alignedTrend, holdsWords, panned, type Trend, zoomed } from "../model/trendData.js";
import { marksOf } from "../model/trendMarks.js";
import type { TrendText } from "../model/trendText.js";
import { LightElement } from "./lightElement.js";

/** Custom properties of trend.css, one for each metric shown. */
const COLOURS = ["--trend-1", "--trend-2", "--trend-3", "--trend-4"];

/** The trend's chart, and what it says at its cursor. */
@customElement("fusion-trend-plot")
export class TrendPlot extends LightElement {
  @property({ attribute: false }) trend!: Trend;
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) text!: TrendText;
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  @property({ attribute: false }) onReset: () => void = () => {};
  @state() private cursor: number | null = null;
  @query(".trend-chart") private readonly target!: HTMLElement;
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

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("trend") || changed.has("alerts")) void this.draw();
  }

  protected override render(): TemplateResult {
    const { trend, text, cursor } = this;
    const keys = l10n.t("Arrow keys move, plus and minus zoom, 0 resets.");
    const summary = text.summary(trend);
    const marks = marksOf(trend, this.alerts);
    return html`<div class="panel-box trend-box">
      <div class="trend-chart" tabindex="0" role="img" data-testid="trend-chart"
        aria-label=${`${summary} ${keys}`} @keydown=${this.pressed} @dblclick=${() => this.onReset()}></div>
      <p class="trend-readout quiet" data-testid="trend-readout">${
        cursor === null ? summary : text.readout(trend, alignedTrend(trend, Date.now()), marks, cursor)
      }</p>
    </div>`;
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const { from, to } = this.trend;
    const now = Date.now();
    switch (event.key) {
      case "+":
      case "=":
        this.onWindow(zoomed({ from, to }, 0.5));
        break;
      case "-":
        this.onWindow(panned(zoomed({ from, to }, 2), 0, now));
        break;
      case "ArrowLeft":
        this.onWindow(panned({ from, to }, -0.25, now));
        break;
      case "ArrowRight":
        this.onWindow(panned({ from, to }, 0.25, now));
        break;
      case "0":
        this.onReset();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  private discard(): void {
    this.chart?.destroy();
    this.chart = null;
    this.cursor = null;
  }

  private async draw(): Promise<void> {
    const { drawChart } = await import("../chart/trends.js");
    if (!this.isConnected) return;
    const data = this.data();
    if (this.chart?.update(data)) return;
    this.discard();
    this.chart = drawChart(this.target, data, {
      onCursor: (at) => {
        this.cursor = at;
      },
      onWindow: (range) => this.onWindow(range),
    });
  }

  private data(): ChartData {
    const { trend, text } = this;
    const { times, columns } = alignedTrend(trend, Date.now());
    const lines = trend.series.map(({ metric }, index) => {
      const values = columns[index] ?? [];
      return {
        values,
        text: holdsWords(values, text.metric(metric)),
        colour: COLOURS[index] ?? "",
        write: (value: number) => this.text.value(metric, value),
      };
    });
    const { from, to } = trend;
    return { from, to, times, lines, marks: marksOf(trend, this.alerts), locale: text.locale };
  }
}
