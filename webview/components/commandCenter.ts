import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Alert } from "../../src/protocol/alerts.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { PanelState } from "../../src/protocol/panel.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { CardMoves } from "../cardMoves.js";
import { FocusKeeper } from "../focusKeeper.js";
import { IntentEvent } from "../intent.js";
import { alertOf } from "../model/alerts.js";
import { arrangedCards } from "../model/arrangement.js";
import { cardOrder, contentOf } from "../model/content.js";
import { connectionState, hasNoPulse } from "../model/link.js";
import { intervalProgress } from "../model/time.js";
import { pageStyles } from "../pageStyles.js";
import { acquirePanelHost } from "../panelHost.js";
import { PanelSession } from "../panelSession.js";
import { activeMemory } from "../store.js";
import { concealedTrend } from "./concealedTrend.js";
import { LightElement } from "./lightElement.js";
import { loadingState } from "./loadingState.js";
import "./addCard.js";
import "./alertList.js";
import "./emptyState.js";
import "./insightList.js";
import "./metricCard.js";
import "./panelHeader.js";
import "./panelNotices.js";
import "./pulseLine.js";
import "./streamHealth.js";
import "./trendView.js";
import type { TrendView } from "./trendView.js";
import "./updateFeed.js";

/** One array for all: another one would be drawn anew. */
const NO_ALERTS: readonly Alert[] = [];

/** The page: draws the session's state and hands it what the user asks for. */
@customElement("fusion-command-center")
export class CommandCenter extends LightElement {
  @state() private announcement = "";
  private followedRequests = 0;
  private readonly moves = new CardMoves(() => this.updateComplete);
  private readonly focusKeeper = new FocusKeeper(this);
  private readonly session = new PanelSession(
    acquirePanelHost(),
    () => this.requestUpdate(),
    (text) => {
      this.announcement = text;
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(IntentEvent.type, this.obey);
    this.focusKeeper.start();
    this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener(IntentEvent.type, this.obey);
    this.focusKeeper.stop();
    this.session.stop();
  }

  private readonly obey = (event: Event): void => {
    if (event instanceof IntentEvent) this.session.obey(event.intent);
  };

  /** Drawn without its styles, everything would move when they come. */
  protected override async scheduleUpdate(): Promise<void> {
    await pageStyles;
    super.scheduleUpdate();
  }

  /** Until the host has answered, not even the language is known: the outline in the page stays. */
  protected override shouldUpdate(): boolean {
    return this.session.shown.panel !== null;
  }

  protected override update(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.replaceChildren();
    super.update(changed);
  }

  /** Nobody should wait for the chart's bundle who asks for a trend: it comes as soon as there is nothing else to do. */
  protected override firstUpdated(): void {
    requestIdleCallback(() => void import("../chart/trends.js"));
  }

  /** A trend takes the focus where a card asked for it: its own toolbar keeps it, and what is only there again takes none. */
  protected override updated(): void {
    const { trendRequests } = this.session.shown;
    if (trendRequests === this.followedRequests) return;
    this.followedRequests = trendRequests;
    const trend = this.querySelector<TrendView>("fusion-trend-view");
    if (trend && !trend.contains(document.activeElement)) void trend.takeFocus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { panel, link, snapshot, status, now } = this.session.shown;
    if (!panel) return nothing;
    const connection = connectionState(link, snapshot, panel.staleAfterMinutes, now);
    // What the host handed over at the beginning is as good as what the connection will bring.
    const isDimmed =
      connection === "connecting"
        ? hasNoPulse(link, snapshot, panel.staleAfterMinutes, now)
        : connection !== "connected";
    const content = contentOf(panel, snapshot);
    return html`<div class=${panel.concealed ? "command-center concealed" : "command-center"}>
      <fusion-panel-header
        .panel=${panel}
        .connection=${connection}
        .timestamp=${snapshot?.timestamp ?? null}
        .status=${status}
        .refreshing=${this.session.shown.refreshing}
        .requestedInterval=${this.session.shown.requestedInterval}
        .now=${now}
      ></fusion-panel-header>
      <fusion-pulse-line
        .progress=${connection === "connected" ? intervalProgress(status, now) : null}
        .emission=${snapshot?.sequence ?? null}
      ></fusion-pulse-line>
      <main aria-busy=${content.kind === "loading"}>
        ${content.kind === "noFolder" ? nothing : this.notices(panel)}
        ${content.kind === "loading" ? loadingState() : nothing}
        ${content.kind === "data" ? this.board(panel, content.snapshot, isDimmed) : nothing}
        ${
          content.kind === "empty" || content.kind === "noFolder"
            ? html`<fusion-empty-state .kind=${content.kind} .expectedFiles=${panel.expectedFiles}></fusion-empty-state>`
            : nothing
        }
      </main>
      <p class="visually-hidden" role="status" data-testid="announcer">${this.announcement}</p>
    </div>`;
  }

  private notices(panel: PanelState): TemplateResult {
    const { link, snapshot, notice, now } = this.session.shown;
    return html`<fusion-panel-notices
      .link=${link}
      .noPulse=${hasNoPulse(link, snapshot, panel.staleAfterMinutes, now)}
      .timestamp=${snapshot?.timestamp ?? null}
      .trusted=${panel.workspaceTrusted}
      .configTrouble=${panel.configTrouble}
      .failure=${notice?.text ?? null}
      .now=${now}
      .locale=${panel.locale}
    ></fusion-panel-notices>`;
  }

  private board(
    { locale, historyVersion, concealed }: PanelState,
    snapshot: Snapshot,
    dimmed: boolean,
  ): TemplateResult {
    const { now, link, status, showAllInsights, pulses, health, recent, arrangement } = this.session.shown;
    const alerts = this.session.shown.alerts ?? NO_ALERTS;
    const memory = activeMemory(this.session.shown);
    return html`<div class="board">
      <section aria-labelledby="metrics-heading">
        <h2 id="metrics-heading" class="visually-hidden">${l10n.t("Metrics")}</h2>
        <div class="cards" role="list" @keydown=${this.moves.onKeyDown} @pointerdown=${this.moves.onPointerDown}>
          ${repeat(
            cardOrder({ ...snapshot, cards: arrangedCards(snapshot, arrangement) }),
            ([id]) => id,
            ([id, metric]) => html`<fusion-metric-card
              role="listitem"
              .metricId=${id}
              .metric=${metric}
              .snapshot=${snapshot}
              .change=${ownEntry(memory.changes, id)}
              .pulse=${ownEntry(pulses, id) ?? 0}
              .recent=${ownEntry(recent, id) ?? null}
              .alert=${alertOf(alerts, id)}
              .dimmed=${dimmed}
              .now=${now}
              .locale=${locale}
            ></fusion-metric-card>`,
          )}
          <fusion-add-card role="listitem"></fusion-add-card>
        </div>
      </section>
      ${
        alerts.length === 0
          ? nothing
          : html`<fusion-alert-list
            .alerts=${alerts}
            .metrics=${snapshot.metrics}
            .now=${now}
            .locale=${locale}
          ></fusion-alert-list>`
      }
        ${
          memory.trend.metrics.length === 0
            ? nothing
            : concealed
              ? concealedTrend()
              : html`<fusion-trend-view
            .source=${this.session.connection}
            .metrics=${memory.trend.metrics}
            .remembered=${memory.trend}
            .alerts=${alerts}
            .snapshot=${snapshot}
            .historyState=${status?.history ?? null}
            .historyVersion=${historyVersion}
            .link=${link}
            .locale=${locale}
          ></fusion-trend-view>`
        }
      ${
        this.session.model.snapshot?.recommendations === null && snapshot.insights.length === 0
          ? nothing
          : html`<fusion-insight-list
            .insights=${snapshot.insights}
            .concealed=${concealed}
            .expanded=${memory.expanded}
            .showAll=${showAllInsights}
            .locale=${locale}
          ></fusion-insight-list>`
      }
      <fusion-update-feed .entries=${memory.feed} .locale=${locale}></fusion-update-feed>
      <fusion-stream-health
        .health=${health}
        .open=${this.session.shown.memory.healthOpen}
        .now=${now}
        .locale=${locale}
      ></fusion-stream-health>
    </div>`;
  }
}
