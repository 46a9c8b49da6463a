import * as l10n from "@vscode/l10n";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { HistoryRange } from "../../src/protocol/history.js";
import { LightElement } from "./lightElement.js";

/** Where a range of its own begins and ends. */
@customElement("fusion-trend-dates")
export class TrendDates extends LightElement {
  @property({ attribute: false }) range: HistoryRange = { from: 0, to: 0 };
  @property({ attribute: false }) onWindow: (range: HistoryRange) => void = () => {};
  /** What is wrong with the dates. */
  @state() private problem: string | null = null;
  private dates: HistoryRange = { from: 0, to: 0 };
  /** Whether the field that has the focus is being written in, and not its calendar clicked. */
  private typing = false;
  /** Whether a date has changed since the range was asked for. */
  private edited = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A live range moves on while somebody writes another one.
    if (changed.has("range") && !this.querySelector("input:focus")) this.dates = this.range;
  }

  protected override render(): TemplateResult {
    return html`${this.date("from", l10n.t("From"))}${this.date("to", l10n.t("To"))}
      ${this.problem === null ? nothing : html`<p class="trend-date-problem" role="alert">${this.problem}</p>`}`;
  }

  private date(end: "from" | "to", label: string): TemplateResult {
    return html`<label class="trend-date"><span>${label}</span>
      <input type="datetime-local" data-testid="trend-${end}" .value=${localTime(this.dates[end])}
        @keydown=${this.pressed} @pointerdown=${this.clicked} @change=${this.changed} @blur=${this.left} /></label>`;
  }

  private readonly pressed = ({ key, target }: KeyboardEvent): void => {
    this.typing = true;
    if (key === "Enter") this.setDates(target);
  };

  private readonly clicked = (): void => {
    this.typing = false;
  };

  /** Every digit of a year is a change, and the year 20 is nobody's wish. */
  private readonly changed = ({ target }: Event): void => {
    this.edited = true;
    if (!this.typing) this.setDates(target);
  };

  private readonly left = ({ target }: Event): void => {
    this.typing = false;
    this.setDates(target);
  };

  private setDates(target: EventTarget | null): void {
    const [first, second] = this.querySelectorAll("input");
    if (!this.edited || !first || !second || !(target instanceof HTMLInputElement)) return;
    this.edited = false;
    const [from, to] = [new Date(first.value).getTime(), new Date(second.value).getTime()];
    for (const input of [first, second]) input.setCustomValidity("");
    if (from >= to) target.setCustomValidity(l10n.t("A range ends after it begins."));
    // Said beside the fields: the browser's own bubble would take the focus back to where it has just left.
    this.problem = target.validationMessage || null;
    if (from < to) this.onWindow({ from, to });
  }
}

/** As a date-time input has it: local, to the minute. */
function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
