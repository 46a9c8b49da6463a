import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../../src/protocol/interval.js";
import { say } from "../intent.js";
import { ListChoice } from "../listChoice.js";
import { LightElement } from "./lightElement.js";

const WHOLE_MINUTES = Array.from(
  { length: MAX_INTERVAL_MINUTES - MIN_INTERVAL_MINUTES + 1 },
  (_, index) => MIN_INTERVAL_MINUTES + index,
);

@customElement("fusion-interval-select")
export class IntervalSelect extends LightElement {
  /** What the stream keeps to; `null` while that is not known. */
  @property({ attribute: false }) minutes: number | null = null;
  @property() locale = "en";
  @property({ type: Boolean }) disabled = false;
  private readonly chosen = new ListChoice((minutes) =>
    say(this, { kind: "interval", minutes: Number(minutes) }),
  );

  protected override render(): TemplateResult {
    return html`<span class="picker">
      <select
        data-testid="interval"
        aria-label=${l10n.t("Update interval")}
        title=${l10n.t("Update interval")}
        ?disabled=${this.disabled || this.minutes === null}
        @keydown=${this.chosen}
        @keyup=${this.chosen}
        @change=${this.chosen}
        @blur=${this.chosen}
      >
        ${this.minutes === null ? html`<option value="">${l10n.t("– min")}</option>` : nothing}
        ${this.choices().map((minutes) => html`<option value=${String(minutes)}>${this.label(minutes)}</option>`)}
      </select>
      <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
    </span>`;
  }

  /** The stream's word counts, not the user's click: a refused choice falls back to what is in force. */
  protected override updated(): void {
    const select = this.querySelector("select");
    if (select) select.value = this.minutes === null ? "" : String(this.minutes);
  }

  /** Commands and clients may also set an interval between the whole minutes. */
  private choices(): readonly number[] {
    if (this.minutes === null || WHOLE_MINUTES.includes(this.minutes)) return WHOLE_MINUTES;
    return [...WHOLE_MINUTES, this.minutes].sort((a, b) => a - b);
  }

  private label(minutes: number): string {
    return l10n.t("{0} min", new Intl.NumberFormat(this.locale).format(minutes));
  }
}
