import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shortSpan } from "../../src/protocol/duration.js";
import type { ConfigTrouble, PanelAction } from "../../src/protocol/panel.js";
import { say } from "../intent.js";
import { inWords } from "../l10n.js";
import type { Link } from "../model/link.js";
import { moment } from "../model/time.js";
import { LightElement } from "./lightElement.js";

/** What stands between the user and fresh data, each in a banner with what happens next. */
@customElement("fusion-panel-notices")
export class PanelNotices extends LightElement {
  @property({ attribute: false }) link!: Link;
  @property({ type: Boolean }) noPulse = false;
  @property() timestamp: string | null = null;
  @property({ type: Boolean }) trusted = true;
  @property({ attribute: false }) configTrouble: ConfigTrouble | null = null;
  /** Why the last request failed. */
  @property() failure: string | null = null;
  @property({ type: Number }) now = 0;
  @property() locale = "en";

  protected override render(): TemplateResult {
    return html`${this.trusted ? nothing : this.restricted()} ${this.noPulse ? this.stale() : nothing}
    ${this.connection()} ${this.configTrouble ? this.brokenConfig(this.configTrouble) : nothing}
    ${this.failure ? banner("warning", html`<p role="status" data-testid="notice">${this.failure}</p>`) : nothing}`;
  }

  private stale(): TemplateResult {
    const detail = this.timestamp
      ? l10n.t(
          "Last update {0}, {1} ago.",
          moment(this.timestamp, this.now, this.locale),
          shortSpan(this.now - Date.parse(this.timestamp), this.locale),
        )
      : l10n.t("Connected, but nothing has arrived yet.");
    return banner(
      "warning",
      html`<p role="alert" data-testid="stale-warning">${l10n.t("⚠️ No data pulse – check backend")}</p>
        <p class="banner-detail">${detail}</p>`,
      this.action("showLog", l10n.t("Show log")),
    );
  }

  private connection(): TemplateResult | typeof nothing {
    const { state, reason } = this.link;
    if (state === "disconnected") {
      return banner(
        "warning",
        html`<p data-testid="reconnecting">${l10n.t("Connection lost. Reconnecting…")}</p>
          <p class="banner-detail" title=${reason === null ? nothing : inWords(reason)}>
            ${
              this.timestamp
                ? l10n.t("The values are those of {0}.", moment(this.timestamp, this.now, this.locale))
                : l10n.t("Nothing has arrived yet.")
            }
          </p>`,
      );
    }
    if (state === "error") {
      return banner(
        "error",
        html`<p role="alert" data-testid="unreachable">${l10n.t("The stream cannot be reached. Trying again…")}</p>
          ${reason ? html`<p class="banner-detail clamp" title=${inWords(reason)}>${inWords(reason)}</p>` : nothing}`,
        this.action("showLog", l10n.t("Show log")),
      );
    }
    return nothing;
  }

  private restricted(): TemplateResult {
    return banner(
      "info",
      html`<p data-testid="restricted">
        ${l10n.t("Restricted Mode: files are read; the server for other programs is off.")}
      </p>`,
      this.action("manageTrust", l10n.t("Manage trust")),
    );
  }

  private brokenConfig({ line, message, usesLastGood }: ConfigTrouble): TemplateResult {
    const place = `fusion.json:${line}`;
    return banner(
      "error",
      html`<p role="alert" data-testid="config-trouble">
          ${
            usesLastGood
              ? l10n.t("fusion.json has an error: the last good configuration is used.")
              : l10n.t("fusion.json has an error: nothing of it is used.")
          }
        </p>
        <p class="banner-detail"><span class="path">${place}</span>: ${inWords(message)}</p>`,
      html`<button
        type="button"
        class="link-button"
        data-testid="open-config"
        @click=${() => say(this, { kind: "ask", message: { type: "openConfig" } })}
      >
        ${l10n.t("Open {0}", place)}
      </button>`,
    );
  }

  private action(action: PanelAction, label: string): TemplateResult {
    return html`<button
      type="button"
      class="link-button"
      data-action=${action}
      @click=${() => say(this, { kind: "ask", message: { type: "action", action } })}
    >
      ${label}
    </button>`;
  }
}

function banner(
  tone: "info" | "warning" | "error",
  text: TemplateResult,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="banner" data-tone=${tone}>
    <div class="banner-text">${text}</div>
    ${action}
  </div>`;
}
