import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { type Alert, FAILED_EMISSIONS } from "../../src/protocol/alerts.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { AlertAction, PanelToHost } from "../../src/protocol/panel.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import {
  alertSentence,
  alertTimeText,
  firingAlerts,
  firingKey,
  mutedText,
  recentAlerts,
  severityLabel,
  statusOf,
} from "../model/alerts.js";
import { exactTime } from "../model/time.js";
import { LightElement } from "./lightElement.js";
import "@vscode-elements/elements/dist/vscode-badge/index.js";

/** The alerts that fire, and folded away those that are over. */
@customElement("fusion-alert-list")
export class AlertList extends LightElement {
  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @property({ attribute: false }) metrics: Readonly<Record<string, Metric>> = {};
  @property({ type: Number }) now = 0;
  @property() locale = "en";
  /** What nobody looks at is not drawn: there may be a hundred. */
  @state() private recentShown = false;

  protected override render(): TemplateResult {
    const firing = firingAlerts(this.alerts);
    const recent = recentAlerts(this.alerts);
    return html`<section aria-labelledby="alerts-heading">
      <h2 id="alerts-heading" class="section-heading">
        ${l10n.t("Alerts")}
        ${firing.length === 0 ? nothing : html`<vscode-badge variant="counter">${this.count(firing)}</vscode-badge>`}
      </h2>
      <ul class="panel-box" aria-labelledby="alerts-heading">
        ${firing.length === 0 ? html`<li class="row quiet">${l10n.t("No alert is firing.")}</li>` : this.rows(firing)}
        ${recent.length === 0 ? nothing : this.recent(recent)}
      </ul>
    </section>`;
  }

  private count(alerts: readonly Alert[]): string {
    return new Intl.NumberFormat(this.locale).format(alerts.length);
  }

  private rows(alerts: readonly Alert[]): unknown {
    return repeat(alerts, firingKey, (alert) => html`<li>${this.row(alert)}</li>`);
  }

  private recent(alerts: readonly Alert[]): TemplateResult {
    return html`<li>
      <button
        type="button"
        class="alerts-recent"
        data-testid="alerts-recent"
        aria-expanded=${this.recentShown}
        @click=${() => {
          this.recentShown = !this.recentShown;
        }}
      >
        <span class="codicon codicon-chevron-${this.recentShown ? "down" : "right"}" aria-hidden="true"></span>
        ${l10n.t("Recent ({0})", this.count(alerts))}
      </button>
      ${this.recentShown ? html`<ul class="alerts-over">${this.rows(alerts)}</ul>` : nothing}
    </li>`;
  }

  private row(alert: Alert): TemplateResult {
    const { severity, since, resolvedAt, muted } = alert;
    const status = statusOf(alert);
    const exact =
      resolvedAt === null
        ? l10n.t("Since {0}", exactTime(since, this.locale))
        : l10n.t("From {0} to {1}", exactTime(since, this.locale), exactTime(resolvedAt, this.locale));
    return html`<div class="alert" data-testid="alert" data-severity=${severity} data-status=${status}>
      <span class="alert-severity"
        ><span class="codicon codicon-${status === "resolved" ? "pass" : severity}" aria-hidden="true"></span
        ><span class="alert-severity-label">${severityLabel(severity)}</span></span
      >
      ${this.message(alert)}
      ${muted ? html`<span class="alert-muted"><span class="codicon codicon-bell-slash" aria-hidden="true"></span>${mutedText(alert, this.now, this.locale)}</span>` : nothing}
      <time class="alert-time" datetime=${resolvedAt ?? since} title=${exact}>${alertTimeText(alert, this.now, this.locale)}</time>
      ${status === "resolved" && !muted ? nothing : html`<span class="alert-actions">${this.actions(alert)}</span>`}
    </div>`;
  }

  private message(alert: Alert): TemplateResult {
    const message = alertSentence(alert, this.locale);
    const ask = this.cause(alert);
    if (ask === null) return html`<span class="alert-message"><span class="said">${message}</span></span>`;
    const file = ownEntry(this.metrics, alert.metric)?.source?.file;
    return html`<button
      type="button"
      class="alert-message"
      data-testid="alert-open"
      title=${file === undefined ? l10n.t("Show log") : l10n.t("Open {0}", file)}
      @click=${() => say(this, { kind: "ask", message: ask })}
    >
      <span class="said">${message}</span>
    </button>`;
  }

  /** What shows where an alert comes from; `null` where nothing does. */
  private cause({ metric }: Alert): PanelToHost | null {
    if (ownEntry(this.metrics, metric)?.source) return { type: "openMetric", metric };
    return metric === FAILED_EMISSIONS ? { type: "action", action: "showLog" } : null;
  }

  private actions(alert: Alert): TemplateResult[] {
    return alert.muted
      ? [this.action(alert, "unmute", l10n.t("Unmute"))]
      : [this.action(alert, "snooze", l10n.t("Snooze 1 h")), this.action(alert, "mute", l10n.t("Mute"))];
  }

  private action(alert: Alert, action: AlertAction, label: string): TemplateResult {
    return html`<button
      type="button"
      class="link-button"
      data-action=${action}
      aria-label="${label}: ${alertSentence(alert, this.locale)}"
      @click=${() => say(this, { kind: "ask", message: { type: "alertAction", action, id: alert.id } })}
    >
      ${label}
    </button>`;
  }
}
