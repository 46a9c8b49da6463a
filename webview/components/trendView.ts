import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Alert } from "../../src/protocol/alerts.js";
import type { HistoryRange, HistoryState } from "../../src/protocol/history.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import type { StreamConnection } from "../connection.js";
import { say } from "../intent.js";
import type { Link } from "../model/link.js";
import {
  extendedTrend,
  fitted,
  holdsWords,
  pointCount,
  rangeOf,
  type Span,
  type Trend,
} from "../model/trendData.js";
import { marksOf } from "../model/trendMarks.js";
import { isSpan, NO_TREND, type TrendViewMemory } from "../model/trendMemory.js";
import { TrendText } from "../model/trendText.js";
import { streamTime } from "../streamTime.js";
import { LightElement } from "./lightElement.js";
import { trendTable } from "./trendTable.js";
import "./trendPlot.js";
import "./trendToolbar.js";

const FIRST_SPAN: Span = "24h";

/** A live series that has grown beyond this is read anew, with as many points as the history gives. */
const MOST_POINTS = 2_000;

/** How metrics came to where they are: a chart, and a table of the same points. */
@customElement("fusion-trend-view")
export class TrendView extends LightElement {
  @property({ attribute: false }) source!: Pick<StreamConnection, "history" | "commits">;
  @property({ attribute: false }) metrics: readonly string[] = [];
  /** How it was shown before; only what it begins with. */
  @property({ attribute: false }) remembered: TrendViewMemory = NO_TREND;
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) snapshot!: Snapshot;
  @property({ attribute: false }) historyState: HistoryState | null = null;
  /** Grows when something was added to the history's past. */
  @property({ type: Number }) historyVersion = 0;
  @property({ attribute: false }) link!: Link;
  @property() locale = "en";
  /** What is asked for; the trend shows what was answered last. */
  @state() private span: Span | null = FIRST_SPAN;
  @state() private range: HistoryRange = { from: 0, to: 0 };
  @state() private trend: Trend | null = null;
  @state() private loading = false;
  @state() private failure: string | null = null;
  @state() private asTable = false;
  private asked = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asked++;
  }

  /** Once it is drawn. */
  async takeFocus(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(".trend")?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.recall(this.remembered);
    const other = this.hasTurned(changed.get("link")) || changed.has("historyVersion");
    if (changed.has("metrics") && !other) this.choose();
    else if (changed.has("metrics") || other) void this.load();
    else if (changed.has("snapshot") && this.trend) {
      this.extend(this.trend);
      if (commitsChangedAt(this.snapshot) !== commitsChangedAt(changed.get("snapshot")))
        void this.readCommits();
    }
  }

  protected override render(): TemplateResult {
    const count = this.trend ? pointCount(this.trend) : 0;
    return html`<section class="trend" tabindex="-1" aria-labelledby="trend-heading" aria-busy=${this.loading}
      data-testid="trend" data-points=${count}>
      <fusion-trend-toolbar
        .ids=${this.metrics}
        .metrics=${this.snapshot.metrics}
        .words=${this.words()}
        .span=${this.span}
        .range=${this.range}
        .asTable=${count === 0 || this.failure !== null ? null : this.asTable}
        .onSpan=${this.setSpan}
        .onWindow=${this.setWindow}
        .onTable=${this.toggleTable}
      ></fusion-trend-toolbar>
      ${
        this.historyState === "memory"
          ? html`<p class="quiet trend-note" data-testid="trend-memory">
            ${l10n.t("The history is kept in memory only, until the window is closed.")}
          </p>`
          : nothing
      }
      ${this.body()}
    </section>`;
  }

  private body(): TemplateResult {
    const { failure, trend } = this;
    if (failure !== null) {
      return html`<div class="panel-box trend-none" role="alert" data-testid="trend-error">
        <span class="codicon codicon-warning" aria-hidden="true"></span>
        <p>${l10n.t("The history could not be read: {0}.", failure)}</p>
        <button type="button" class="link-button" @click=${this.load}>${l10n.t("Try again")}</button>
      </div>`;
    }
    if (trend === null) {
      return html`<div class="panel-box trend-wait" data-testid="trend-loading">
        <span class="bone"></span><span class="bone"></span><span class="bone"></span><span class="bone"></span>
        <p class="quiet">${l10n.t("Reading the history…")}</p>
      </div>`;
    }
    if (pointCount(trend) === 0) {
      return html`<div class="panel-box trend-none" data-testid="trend-empty">
        <span class="codicon codicon-graph-line" aria-hidden="true"></span>
        <p class="quiet">
          ${trend.span === null ? l10n.t("Nothing was recorded in this range.") : l10n.t("Nothing has been recorded in this range yet.")}
        </p>
      </div>`;
    }
    const text = new TrendText(this.snapshot.metrics, this.locale);
    if (this.asTable) return trendTable(trend, marksOf(trend, this.alerts, this.locale), text);
    return html`<fusion-trend-plot
      .trend=${trend}
      .alerts=${this.alerts}
      .text=${text}
      .onWindow=${this.setWindow}
      .onReset=${this.reset}
    ></fusion-trend-plot>`;
  }

  /** Whether there is somebody to ask since the link was another one, or whoever was waited for did not come. */
  private hasTurned(before: Link | undefined): boolean {
    if (before === undefined || before === this.link) return false;
    return this.link.state === "connected" || before.state === "connecting";
  }

  private words(): ReadonlySet<string> {
    const { metrics } = this.snapshot;
    const series = this.trend?.series ?? [];
    const known = series.filter(({ metric, points }) =>
      holdsWords(
        points.map(([, value]) => value),
        ownEntry(metrics, metric),
      ),
    );
    return new Set(known.map(({ metric }) => metric));
  }

  private recall({ range, asTable }: TrendViewMemory): void {
    this.asTable = asTable;
    if (isSpan(range)) this.span = range;
    else if (range !== null) [this.span, this.range] = [null, range];
  }

  private remember(): void {
    say(this, { kind: "trendView", view: { range: this.span ?? this.range, asTable: this.asTable } });
  }

  private readonly setSpan = (span: Span): void => {
    this.span = span;
    this.remember();
    void this.load();
  };

  private readonly setWindow = ({ from, to }: HistoryRange): void => {
    this.span = null;
    this.range = { from: Math.round(from), to: Math.round(to) };
    this.remember();
    void this.load();
  };

  private readonly reset = (): void => this.setSpan(FIRST_SPAN);

  private readonly toggleTable = (): void => {
    this.asTable = !this.asTable;
    this.remember();
  };

  /** Fewer metrics are there already; more of them have to be read. */
  private choose(): void {
    const { trend, metrics } = this;
    const series = metrics.flatMap((id) => trend?.series.find(({ metric }) => metric === id) ?? []);
    if (!trend || this.loading || this.failure !== null || series.length < metrics.length) void this.load();
    else this.trend = { ...trend, series };
  }

  private readonly load = async (): Promise<void> => {
    const request = ++this.asked;
    const { span, metrics, snapshot, link } = this;
    if (span) this.range = rangeOf(span, streamTime());
    const { range } = this;
    // On its way while the history is read.
    void import("../chart/trends.js");
    this.failure = null;
    this.loading = true;
    // Nobody is there yet who could be asked.
    if (link.state === "connecting") return;
    try {
      const series = await Promise.all(metrics.map((metric) => this.source.history({ metric, ...range })));
      if (request !== this.asked) return;
      const read = { ...range, span, series, commits: this.trend?.commits ?? [] };
      const moved = this.snapshot !== snapshot;
      const grown = moved ? extendedTrend(read, this.snapshot, streamTime()) : read;
      this.trend = this.trend === null && this.remembered.range === null ? fitted(grown) : grown;
      this.span = this.trend.span;
      this.range = { from: this.trend.from, to: this.trend.to };
    } catch (error) {
      if (request === this.asked) this.failure = error instanceof Error ? error.message : String(error);
      return;
    } finally {
      if (request === this.asked) this.loading = false;
    }
    await this.readCommits();
  };

  /** A folder without a repository has no commits to show: the chart is whole without them. */
  private async readCommits(): Promise<void> {
    const request = this.asked;
    const commits = await this.source.commits(this.range).catch(() => []);
    if (request !== this.asked || !this.trend) return;
    // The same ones would only have the chart drawn once more.
    if (JSON.stringify(commits) !== JSON.stringify(this.trend.commits))
      this.trend = { ...this.trend, commits };
  }

  private extend(trend: Trend): void {
    const grown = extendedTrend(trend, this.snapshot, streamTime());
    if (grown === trend) return;
    this.trend = grown;
    if (this.span !== trend.span || this.loading) return;
    this.range = { from: grown.from, to: grown.to };
    if (grown.series.some(({ points }) => points.length > MOST_POINTS)) void this.load();
  }
}

function commitsChangedAt(snapshot: Snapshot | undefined): string | null {
  return (snapshot && ownEntry(snapshot.metrics, "commits")?.changedAt) ?? null;
}
