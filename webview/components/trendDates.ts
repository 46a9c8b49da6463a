import * as l10n from "@vscode/l10n";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import { LightElement } from "./lightElement.js";

/** Where a range of its own begins and ends. */
@customElement("fusion-trend-dates")
export class TrendDates extends LightElement {
  @property({ attribute: false }) range: HistoryRange = { from: 0, to: 0 };
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  private dates: HistoryRange = { from: 0, to: 0 };

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A live range moves on while somebody writes another one.
    if (changed.has("range") && !this.querySelector("input:focus")) this.dates = this.range;
  }

  protected override render(): TemplateResult {
    return html`${this.date("from", l10n.t("From"))}${this.date("to", l10n.t("To"))}`;
  }

  private date(end: "from" | "to", label: string): TemplateResult {
    return html`<label class="trend-date"><span>${label}</span>
      <input type="datetime-local" data-testid="trend-${end}" .value=${localTime(this.dates[end])}
        @change=${this.setDates} /></label>`;
  }

  private readonly setDates = ({ target }: Event): void => {
    const [first, second] = this.querySelectorAll("input");
    if (!first || !second || !(target instanceof HTMLInputElement)) return;
    const [from, to] = [new Date(first.value).getTime(), new Date(second.value).getTime()];
    const wrong = from >= to;
    for (const input of [first, second]) input.setCustomValidity("");
    if (wrong) target.setCustomValidity(l10n.t("A range ends after it begins."));
    target.reportValidity();
    if (from < to) this.onWindow({ from, to });
  };
}

/** As a date-time input has it: local, to the minute. */
function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
