import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { displayValue } from "../../src/protocol/display.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import { say } from "../intent.js";
import { type ExplanationRow, explanationRows, explanationTitle, openLabel } from "../model/explanation.js";
import { exactTime } from "../model/time.js";
import { hiddenValue } from "./hiddenValue.js";
import { LightElement } from "./lightElement.js";

/** A button in a card's corner, and what it opens: why the value is what it is. */
@customElement("fusion-value-explanation")
export class ValueExplanation extends LightElement {
  @property() metricId = "";
  @property({ attribute: false }) metric!: Metric;
  /** What is wrong with the value. */
  @property() trouble: string | null = null;
  @property({ type: Number }) now = 0;
  @property() locale = "en";
  /** What nobody looks at is not drawn: there may be many cards. */
  @state() private open = false;
  @query(".why") private readonly button!: HTMLButtonElement;
  @query("[popover]") private readonly popup!: HTMLElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("focusin", this.focusMoved);
    // A card that is moved comes back with its popup closed, of which no event tells.
    this.open = false;
  }

  protected override firstUpdated(): void {
    // By reference: an id would have to be unique, and a metric may have any name.
    this.button.popoverTargetElement = this.popup;
  }

  protected override render(): TemplateResult {
    const title = explanationTitle(this.metric, this.locale);
    return html`<button
        type="button"
        class="icon-button why"
        data-testid="why"
        aria-label=${title}
        title=${title}
        aria-haspopup="dialog"
        aria-expanded=${this.open}
      >
        <span class="codicon codicon-info" aria-hidden="true"></span>
      </button>
      <div
        popover
        autofocus
        tabindex="-1"
        role="dialog"
        class="explanation"
        data-testid="explanation"
        aria-label=${title}
        @beforetoggle=${this.beforeToggle}
        @toggle=${this.toggled}
      >
        ${this.open ? this.content() : nothing}
      </div>`;
  }

  private content(): TemplateResult {
    const { metric, trouble, now, locale } = this;
    const open = openLabel(metric);
    const hidden = metric.concealed && metric.value !== null;
    return html`<p class="explanation-label"><bdi>${metric.label}</bdi></p>
      <p class="explanation-value"><bdi>${hidden ? hiddenValue() : displayValue(metric, locale)}</bdi></p>
      ${
        trouble === null
          ? nothing
          : html`<p class="explanation-trouble">
            <span class="codicon codicon-warning" aria-hidden="true"></span><span class="said">${trouble}</span>
          </p>`
      }
      <dl>${explanationRows(metric, now, locale).map((row) => this.row(row))}</dl>
      <div class="explanation-actions">
        ${
          open === null
            ? nothing
            : html`<button
              type="button"
              class="link-button"
              data-testid="explanation-open"
              @click=${this.openSource}
            >
              ${open}
            </button>`
        }
        <button
          type="button"
          class="link-button"
          data-testid="explanation-add-alert"
          @click=${this.addAlert}
        >
          ${l10n.t("Add alert…")}
        </button>
      </div>`;
  }

  private row({ id, term, text, code, time }: ExplanationRow): TemplateResult {
    const words =
      time === null
        ? text
        : html`<time datetime=${time} title=${exactTime(time, this.locale)}>${text}</time>`;
    return html`<div data-row=${id}>
      <dt>${term}</dt>
      <dd>${words}${text !== null && code !== null ? " " : nothing}${code === null ? nothing : html`<code>${code}</code>`}</dd>
    </div>`;
  }

  private beforeToggle({ newState }: ToggleEvent): void {
    this.open = newState === "open";
    if (this.open) document.addEventListener("focusin", this.focusMoved);
    else document.removeEventListener("focusin", this.focusMoved);
  }

  /** It would cover what has the focus then. */
  private readonly focusMoved = ({ target }: FocusEvent): void => {
    if (target instanceof Node && !this.contains(target)) this.popup.hidePopover();
  };

  private toggled({ newState }: ToggleEvent): void {
    // A click beside it leaves the focus nowhere, unless it was on something that takes it.
    if (newState === "closed" && document.activeElement === document.body) this.button.focus();
  }

  private openSource(): void {
    this.popup.hidePopover();
    say(this, { kind: "ask", message: { type: "openMetric", metric: this.metricId } });
  }

  private addAlert(): void {
    this.popup.hidePopover();
    say(this, { kind: "ask", message: { type: "addAlert", metric: this.metricId } });
  }
}
