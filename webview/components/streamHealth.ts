import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { NO_VALUE } from "../../src/protocol/display.js";
import type { SourceFigures, StreamHealth, Trouble } from "../../src/protocol/health.js";
import { say } from "../intent.js";
import { bytesText, healthTiles, msText, sourceStateLabel, type Tile } from "../model/healthText.js";
import { age, exactTime, moment } from "../model/time.js";
import { LightElement } from "./lightElement.js";

/** Whether to trust it all: the stream's figures and its sources. While it is closed, nothing is asked for or drawn. */
@customElement("fusion-stream-health")
export class StreamHealthSection extends LightElement {
  @property({ attribute: false }) health: StreamHealth | null = null;
  @property({ type: Boolean }) open = false;
  @property({ type: Number }) now = 0;
  @property() locale = "en";

  protected override render(): TemplateResult {
    return html`<details class="stream-health" data-testid="stream-health" .open=${this.open} @toggle=${this.toggled}>
      <summary>
        <span class="codicon codicon-chevron-right" aria-hidden="true"></span>
        <h2 class="section-heading">${l10n.t("Stream health")}</h2>
      </summary>
      ${this.open ? this.content() : nothing}
    </details>`;
  }

  private readonly toggled = (event: Event): void => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== this.open) say(this, { kind: "toggleHealth", open });
  };

  private content(): TemplateResult {
    const { health, locale } = this;
    if (health === null) return html`<p class="panel-box row quiet">${l10n.t("Asking the stream…")}</p>`;
    return html`<dl class="panel-box tiles">
        ${healthTiles(health, locale).map(tileOf)}
      </dl>
      ${health.metrics.failures.length === 0 ? nothing : this.failures(health.metrics.failures)}
      ${health.sources.length === 0 ? nothing : this.sources(health.sources)}`;
  }

  private failures(failures: readonly Trouble[]): TemplateResult {
    return html`<h3 class="health-heading">${l10n.t("Failed emissions")}</h3>
      <ul class="panel-box">
        ${failures.map(
          (failure) => html`<li class="row trouble" data-testid="failure">${this.trouble(failure)}</li>`,
        )}
      </ul>`;
  }

  private trouble({ time, message }: Trouble): TemplateResult {
    return html`<time datetime=${time} title=${exactTime(time, this.locale)}
        >${moment(time, this.now, this.locale)}</time
      >
      <span class="said">${message}</span>`;
  }

  // The roles stand here because a table that is laid out as blocks, as it is on narrow panels, loses its own.
  private sources(sources: readonly SourceFigures[]): TemplateResult {
    const heads = [l10n.t("Source"), l10n.t("Changed"), l10n.t("Size"), l10n.t("Read in"), l10n.t("p95")];
    return html`<h3 class="health-heading" id="sources-heading">${l10n.t("Sources")}</h3>
      <table class="panel-box sources" role="table" aria-labelledby="sources-heading">
        <thead role="rowgroup">
          <tr role="row">
            ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${sources.map((source) => this.source(source, heads))}
        </tbody>
      </table>`;
  }

  private source(source: SourceFigures, heads: readonly string[]): TemplateResult {
    const { name, metrics, state, readAt, changedAt, size, cost, lastError } = source;
    const { locale, now } = this;
    const figures = [
      changedAt === null ? NO_VALUE : age(changedAt, now, locale),
      bytesText(size, locale),
      msText(cost.last, locale),
      msText(cost.p95, locale),
    ];
    const read = readAt === null ? nothing : l10n.t("read {0}", exactTime(readAt, locale));
    return html`<tr role="row" data-testid="source" data-state=${state}>
      <th scope="row" role="rowheader">
        <span class="source-name" title=${metrics.join(", ")}><span class="path">${name}</span></span>
        <span class="source-state">${sourceStateLabel(state)}</span>
        ${lastError === null ? nothing : html`<p class="trouble" data-testid="source-error">${this.trouble(lastError)}</p>`}
      </th>
      ${figures.map((figure, index) => {
        const title = index === 0 ? read : nothing;
        return html`<td role="cell" data-label=${heads[index + 1] ?? ""} title=${title}><bdi>${figure}</bdi></td>`;
      })}
    </tr>`;
  }
}

function tileOf({ id, value, label, title }: Tile): TemplateResult {
  return html`<div class="tile" data-figure=${id} title=${title ?? nothing}>
    <dt>${label}</dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`;
}
