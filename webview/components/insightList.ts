import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Insight } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { locationText } from "../model/cardText.js";
import { foldedText, foldInsights, priorityLabel, priorityOf, sortInsights } from "../model/insights.js";
import { LightElement } from "./lightElement.js";
import "@vscode-elements/elements/dist/vscode-badge/index.js";

/** The insight viewer: what the agent recommends, the most needed first. */
@customElement("fusion-insight-list")
export class InsightList extends LightElement {
  @property({ attribute: false }) insights: readonly Insight[] = [];
  @property({ attribute: false }) expanded: readonly string[] = [];
  @property({ type: Boolean }) showAll = false;
  /** Whether not even their number is to be told. */
  @property({ type: Boolean }) concealed = false;
  @property() locale = "en";

  protected override render(): TemplateResult {
    const { shown, hidden } = foldInsights(sortInsights(this.insights), this.showAll);
    const count = new Intl.NumberFormat(this.locale).format(this.insights.length);
    return html`<section aria-labelledby="insights-heading">
      <h2 id="insights-heading" class="section-heading">
        ${l10n.t("Insight viewer")}
        ${this.concealed ? nothing : html`<vscode-badge variant="counter">${count}</vscode-badge>`}
      </h2>
      ${
        shown.length === 0
          ? html`<p class="panel-box row quiet">${l10n.t("Nothing recommended right now.")}</p>`
          : html`<ul class="panel-box">
            ${repeat(
              shown,
              ({ id }) => id,
              (insight) => this.insight(insight),
            )}
            ${hidden.length > 0 ? this.fold(hidden) : nothing}
          </ul>`
      }
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.showAll || changed.get("showAll") !== false) return;
    // The button that unfolded them is gone: the first of them stands there.
    const { shown } = foldInsights(sortInsights(this.insights), false);
    this.querySelectorAll<HTMLElement>("button.insight")[shown.length]?.focus();
  }

  private insight(insight: Insight): TemplateResult {
    const { id, title, description, source } = insight;
    const priority = priorityOf(insight);
    const open = description !== null && this.expanded.includes(id);
    const place = source.line === null ? source.file : `${source.file}:${source.line}`;
    return html`<li>
      <div class="insight-row">
        <button
          type="button"
          class="insight"
          data-testid="insight"
          data-priority=${priority}
          title=${l10n.t("Open {0}", place)}
          @click=${() => say(this, { kind: "ask", message: { type: "openInsight", insight: id } })}
        >
          <span class="priority">${priorityLabel(priority)}</span>
          <span class="insight-title"><bdi>${title}</bdi></span>
          <span class="insight-place"><span class="path">${locationText(source)}</span></span>
        </button>
        ${
          description === null
            ? nothing
            : html`<button
              type="button"
              class="icon-button insight-toggle"
              data-testid="insight-toggle"
              aria-expanded=${open}
              aria-label=${l10n.t("Description of “{0}”", title)}
              title=${open ? l10n.t("Hide description") : l10n.t("Show description")}
              @click=${() => say(this, { kind: "toggleInsight", id })}
            >
              <span class="codicon codicon-chevron-${open ? "up" : "down"}" aria-hidden="true"></span>
            </button>`
        }
      </div>
      ${open ? html`<p class="insight-description" data-testid="insight-description"><bdi>${description}</bdi></p>` : nothing}
    </li>`;
  }

  private fold(hidden: readonly Insight[]): TemplateResult {
    return html`<li>
      <button
        type="button"
        class="insight insight-fold"
        data-testid="insight-fold"
        @click=${() => say(this, { kind: "showAllInsights" })}
      >
        <span class="insight-title quiet">${this.concealed ? nothing : foldedText(hidden)}</span>
        <span class="insight-place">${l10n.t("Show all")}</span>
      </button>
    </li>`;
  }
}
