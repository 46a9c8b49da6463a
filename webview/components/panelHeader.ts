import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ConnectionState } from "../../src/protocol/freshness.js";
import type { PanelState } from "../../src/protocol/panel.js";
import type { StreamStatus } from "../../src/protocol/status.js";
import { say } from "../intent.js";
import { ListChoice } from "../listChoice.js";
import { connectionLabel } from "../model/connectionLabel.js";
import { exactTime, nextText, updatedText } from "../model/time.js";
import "./intervalSelect.js";
import { LightElement } from "./lightElement.js";
import { privacyBadge } from "./privacyBadge.js";

@customElement("fusion-panel-header")
export class PanelHeader extends LightElement {
  @property({ attribute: false }) panel!: PanelState;
  @property() connection: ConnectionState = "connecting";
  @property() timestamp: string | null = null;
  @property({ attribute: false }) status: StreamStatus | null = null;
  @property({ type: Boolean }) refreshing = false;
  @property({ attribute: false }) requestedInterval: number | null = null;
  @property({ type: Number }) now = 0;
  private readonly switched = new ListChoice((uri) =>
    say(this, { kind: "ask", message: { type: "switchFolder", uri } }),
  );

  protected override render(): TemplateResult {
    return html`<header class="header">
      <h1 class="title">${l10n.t("Command Center")}</h1>
      ${this.folder()} ${this.panel.concealed ? privacyBadge() : nothing}
      ${this.panel.activeFolder === null ? nothing : this.stream()}
    </header>`;
  }

  private folder(): TemplateResult | typeof nothing {
    const { folders, activeFolder } = this.panel;
    const active = folders.find(({ uri }) => uri === activeFolder);
    if (!active) return nothing;
    if (folders.length === 1) {
      return html`<span class="folder">
        <span class="codicon codicon-folder" aria-hidden="true"></span>
        <span class="folder-name" title=${active.name}><bdi>${active.name}</bdi></span>
      </span>`;
    }
    return html`<span class="folder picker">
      <span class="codicon codicon-folder" aria-hidden="true"></span>
      <select
        data-testid="folder"
        aria-label=${l10n.t("Workspace folder")}
        @keydown=${this.switched}
        @keyup=${this.switched}
        @change=${this.switched}
        @blur=${this.switched}
      >
        ${folders.map(
          ({ uri, name }) => html`<option value=${uri} ?selected=${uri === activeFolder}>${name}</option>`,
        )}
      </select>
      <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
    </span>`;
  }

  private stream(): TemplateResult {
    const connected = this.connection === "connected" || this.connection === "stale";
    return html`<div class="stream">
      ${this.times()}
      <span class="pill" data-testid="connection" data-state=${this.connection}>
        <span class="pill-dot" aria-hidden="true"></span>${connectionLabel(this.connection)}
      </span>
      <button
        type="button"
        class="icon-button"
        data-testid="refresh"
        title=${l10n.t("Refresh now")}
        aria-label=${l10n.t("Refresh now")}
        aria-busy=${this.refreshing}
        aria-disabled=${!connected || this.refreshing}
        @click=${() => connected && !this.refreshing && say(this, { kind: "refresh" })}
      >
        <span class="codicon codicon-refresh" aria-hidden="true"></span>
      </button>
      <fusion-interval-select
        .minutes=${this.requestedInterval ?? this.status?.interval.minutes ?? null}
        .locale=${this.panel.locale}
        ?disabled=${!connected || this.requestedInterval !== null}
      ></fusion-interval-select>
    </div>`;
  }

  private times(): TemplateResult | typeof nothing {
    if (this.timestamp === null) return nothing;
    const { locale } = this.panel;
    const next = this.connection === "connected" ? this.status?.nextEmissionAt : null;
    return html`<span class="times">
      <time datetime=${this.timestamp} title=${exactTime(this.timestamp, locale)}
        >${updatedText(this.timestamp, this.now, locale)}</time
      >${
        next
          ? html` · <time datetime=${next} title=${exactTime(next, locale)}>${nextText(next, this.now, locale)}</time>`
          : nothing
      }
    </span>`;
  }
}
