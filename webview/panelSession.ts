import * as l10n from "@vscode/l10n";
import { displayValue } from "../src/protocol/display.js";
import { ownEntry } from "../src/protocol/ownEntry.js";
import type { HostToPanel } from "../src/protocol/panel.js";
import type { Metric } from "../src/protocol/snapshot.js";
import { wordedAlert, wordedHealth, wordedSnapshot, wordedStatus } from "../src/protocol/worded.js";
import { CardReveal } from "./cardReveal.js";
import { Clock } from "./clock.js";
import { concealedModel } from "./concealedModel.js";
import { StreamConnection } from "./connection.js";
import { HealthWatch } from "./healthWatch.js";
import type { Intent } from "./intent.js";
import { inWords, useTranslations } from "./l10n.js";
import { turnsBetween, turnText } from "./model/alerts.js";
import { Announcements } from "./model/announcements.js";
import { connectionLabel } from "./model/connectionLabel.js";
import { connectionState } from "./model/link.js";
import { parsePanelMemory } from "./model/panelMemory.js";
import type { PanelHost } from "./panelHost.js";
import { RecentWatch } from "./recentWatch.js";
import { ScrollPosition } from "./scrollPosition.js";
import { initialModel, type PanelEvent, type PanelModel, reduce } from "./store.js";
import { streamTime } from "./streamTime.js";

/** Changes of one moment that are spoken each, and then how many more there are: nobody listens to forty. */
const MOST_SPOKEN = 5;

/** The page's life: what comes from the host, the stream, the clock and the user goes through the one reducer. */
export class PanelSession {
  model: PanelModel;
  /** What may be seen and heard of it. */
  shown: PanelModel;
  private readonly clock = new Clock((now) => this.apply({ type: "tick", now }));
  private readonly announcements: Announcements;
  private readonly scroll: ScrollPosition;
  /** Asked for histories and commits as well. */
  readonly connection: StreamConnection;
  private readonly healthWatch: HealthWatch;
  private readonly recentWatch: RecentWatch;
  private readonly reveal = new CardReveal((metric) => this.apply({ type: "pulsed", metric }));
  private stopListening: () => void = () => {};

  constructor(
    private readonly host: PanelHost,
    private readonly onChange: () => void,
    announce: (text: string) => void,
  ) {
    const memory = parsePanelMemory(host.getState());
    this.model = initialModel(memory, !document.hidden, streamTime());
    this.shown = this.model;
    this.announcements = new Announcements(announce);
    this.scroll = new ScrollPosition(memory.scroll, (scroll) => this.apply({ type: "scrolled", scroll }));
    this.connection = new StreamConnection(host, {
      onLink: (event) => this.apply({ type: "link", event, now: streamTime() }),
      onSnapshot: (snapshot) => this.apply({ type: "snapshot", snapshot: wordedSnapshot(snapshot, inWords) }),
      onStatus: (status) => this.apply({ type: "status", status: wordedStatus(status, inWords) }),
      onAlerts: (alerts) =>
        this.apply({ type: "alerts", alerts: alerts.map((alert) => wordedAlert(alert, inWords)) }),
    });
    this.healthWatch = new HealthWatch(
      () => this.connection.health(),
      (health) => this.apply({ type: "health", health: health && wordedHealth(health, inWords) }),
    );
    this.recentWatch = new RecentWatch(
      (query) => this.connection.history(query),
      (series, link) => {
        // What was asked on another connection may be another folder's.
        if (link === this.model.link) this.apply({ type: "recent", series });
      },
    );
  }

  start(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    this.stopListening = this.host.listen((message) => this.receive(message));
    this.scroll.start();
    this.clock.start();
    this.host.post({ type: "ready" });
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.stopListening();
    this.scroll.stop();
    this.clock.stop();
    this.announcements.stop();
    this.connection.stop();
  }

  obey(intent: Intent): void {
    switch (intent.kind) {
      case "refresh":
        void this.refresh();
        break;
      case "interval":
        void this.setInterval(intent.minutes);
        break;
      case "toggleInsight":
        this.apply({ type: "insightToggled", id: intent.id });
        break;
      case "showAllInsights":
        this.apply({ type: "allInsightsShown" });
        break;
      case "toggleHealth":
        this.apply({ type: "healthToggled", open: intent.open });
        break;
      case "recent":
        this.recentWatch.want(intent.metric);
        this.recentWatch.follow(this.model);
        break;
      case "trend":
        this.apply({ type: "trendChosen", metrics: intent.metrics });
        break;
      case "trendView":
        this.apply({ type: "trendViewed", view: intent.view });
        break;
      case "arrange":
        this.arrange(intent.cards, intent.moved);
        break;
      case "ask":
        this.host.post(intent.message);
        break;
    }
  }

  private receive(message: HostToPanel): void {
    if (message.type === "revealMetric") {
      this.reveal.want(message.metric);
      this.reveal.follow(this.model);
    }
    if (message.type === "showTrend") this.apply({ type: "trendChosen", metrics: [message.metric] });
    if (message.type === "cardsArranged") this.apply({ type: "arrangementSettled", saved: message.saved });
    if (message.type !== "state") return;
    useTranslations(message.translations);
    const wasConcealed = this.model.panel?.concealed ?? message.concealed;
    const before = this.model.panel?.activeFolder ?? null;
    const { known } = message;
    // Its snapshot is in the reader's language already, as the host shows it too.
    const worded = known && { ...known, status: wordedStatus(known.status, inWords) };
    // By the clock that came with it: what is known is neither old nor new for a moment because of the page's.
    this.apply({ type: "tick", now: streamTime() });
    this.apply({ type: "panel", panel: { ...message, known: worded } });
    // What was said last still stands in the page.
    if (message.concealed !== wasConcealed) {
      this.announcements.interrupt(
        message.concealed ? l10n.t("Values are hidden.") : l10n.t("Values are shown."),
      );
    }
    if (message.activeFolder === before) return;
    // The host pipes each socket to the folder shown when it opens.
    if (message.activeFolder === null) this.connection.stop();
    else this.connection.restart();
  }

  private arrange(cards: readonly string[], moved: string): void {
    this.apply({ type: "arranged", cards });
    this.host.post({ type: "arrangeCards", cards });
    const metric = this.model.snapshot && ownEntry(this.model.snapshot.metrics, moved);
    if (!metric) return;
    const place = cards.indexOf(moved) + 1;
    this.announcements.answer(l10n.t("{0}: place {1} of {2}", metric.label, place, cards.length));
  }

  private async refresh(): Promise<void> {
    const isShown = this.folderWatch();
    this.apply({ type: "refreshRequested" });
    const failure = await this.connection.refresh();
    if (!isShown()) return;
    this.apply({ type: "refreshSettled", notice: failure && l10n.t("Refresh failed: {0}.", failure) });
    if (failure === null) this.announcements.add("refresh", l10n.t("Updated"));
  }

  private async setInterval(minutes: number): Promise<void> {
    const isShown = this.folderWatch();
    this.apply({ type: "intervalRequested", minutes });
    const failure = await this.connection.setInterval(minutes);
    const notice = failure && l10n.t("The interval was not changed: {0}.", failure);
    if (isShown()) this.apply({ type: "intervalSettled", notice });
  }

  /** @returns whether the folder of this moment is still the one shown: how a question to its stream ended is no other's matter */
  private folderWatch(): () => boolean {
    const folder = this.model.panel?.activeFolder;
    return () => this.model.panel?.activeFolder === folder;
  }

  private readonly onVisibility = (): void => {
    this.apply({ type: "visibility", visible: !document.hidden });
  };

  private apply(event: PanelEvent): void {
    const before = this.model;
    this.model = reduce(before, event);
    if (this.model === before) return;
    this.shown = this.model.panel?.concealed ? concealedModel(this.model) : this.model;
    if (this.model.memory !== before.memory) this.host.setState(this.model.memory);
    this.announce(before);
    this.healthWatch.follow(this.model);
    this.recentWatch.follow(this.model);
    this.onChange();
    this.reveal.follow(this.model);
    if (this.model.snapshot && !before.snapshot) this.scroll.restore();
  }

  private announce(before: PanelModel): void {
    const { snapshot, pulses, panel, alerts } = this.shown;
    if (!panel) return;
    const pulsed = Object.entries(pulses).filter(([id, count]) => ownEntry(before.pulses, id) !== count);
    const changed = pulsed.flatMap(([id]) => {
      const metric = snapshot && ownEntry(snapshot.metrics, id);
      return metric ? [{ id, metric }] : [];
    });
    const spoken = changed.length > MOST_SPOKEN + 1 ? changed.slice(0, MOST_SPOKEN) : changed;
    for (const { id, metric } of spoken) {
      this.announcements.add(id, changeText(metric, panel.locale));
    }
    if (spoken.length < changed.length) {
      const others = new Intl.NumberFormat(panel.locale).format(changed.length - spoken.length);
      this.announcements.add("changes", l10n.t("{0} more values changed", others));
    }
    for (const alert of turnsBetween(before.alerts, alerts)) {
      this.announcements.add(`alert ${alert.id}`, turnText(alert, panel.locale));
    }
    const state = stateOf(this.model);
    if (!before.panel || state === stateOf(before)) return;
    // Their banners are alerts, which say themselves.
    if (state === "stale" || state === "error") this.announcements.drop("connection");
    else this.announcements.add("connection", l10n.t("Connection: {0}", connectionLabel(state)));
  }
}

function changeText(metric: Metric, locale: string): string {
  if (metric.concealed && metric.value !== null) return l10n.t("{0} changed", metric.label);
  return `${metric.label}: ${displayValue(metric, locale)}`;
}

function stateOf({ link, snapshot, panel, now }: PanelModel) {
  return connectionState(link, snapshot, panel?.staleAfterMinutes ?? Number.POSITIVE_INFINITY, now);
}
