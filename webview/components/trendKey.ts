import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import type { Mark } from "../chart/chart.js";
import type { StateMark } from "../model/stateMarks.js";

/** Beyond these a key says less than the words in the chart. */
const MOST_STATES = 8;

/** What the patterns, lines and diamonds of the chart stand for, of those that are in it. */
export function trendKey(
  states: ReadonlyMap<string, StateMark>,
  marks: readonly Mark[],
): TemplateResult | typeof nothing {
  const words = [...states].slice(0, MOST_STATES);
  const signs = [
    { kind: "alert", label: l10n.t("Alert") },
    { kind: "commit", label: l10n.t("Commit") },
  ].filter(({ kind }) => marks.some((mark) => mark.kind === kind));
  if (words.length + signs.length === 0) return nothing;
  return html`<ul class="trend-key quiet" data-testid="trend-key" aria-label=${l10n.t("Key")}>
    ${words.map(
      ([word, { pattern, tone }]) => html`<li>
        <span class="trend-swatch" data-pattern=${pattern} data-tone=${tone} aria-hidden="true"></span><bdi>${word}</bdi>
      </li>`,
    )}
    ${signs.map(
      ({ kind, label }) => html`<li>
        <span class="trend-sign" data-kind=${kind} aria-hidden="true"></span>${label}
      </li>`,
    )}
  </ul>`;
}
