import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import type { Mark } from "../chart/chart.js";
import { alignedTrend, type Trend, tableRows } from "../model/trendData.js";
import type { TrendText } from "../model/trendText.js";

/** How many rows the table has at most: a browser draws no more at once. */
const MOST_ROWS = 500;

/** The trend for those who cannot see its chart: the same points, and what is noted on the time line. */
export function trendTable(trend: Trend, marks: readonly Mark[], text: TrendText): TemplateResult {
  const rows = tableRows(alignedTrend(trend, Date.now()));
  const ids = trend.series.map(({ metric }) => metric);
  const shown = rows.slice(-MOST_ROWS);
  return html`${
    shown.length === rows.length
      ? nothing
      : html`<p class="quiet trend-note" data-testid="trend-newest">
          ${l10n.t("The newest {0} of {1} changes. A shorter range shows the others.", shown.length, rows.length)}
        </p>`
  }
    <div class="panel-box trend-scroll" tabindex="0" role="region" aria-label=${l10n.t("Trend as a table")}>
      <table data-testid="trend-table">
        <caption class="visually-hidden">${text.summary(trend)}</caption>
        <thead><tr><th scope="col">${l10n.t("Time")}</th>
          ${ids.map((id) => html`<th scope="col">${text.label(id)}</th>`)}</tr></thead>
        <tbody>${shown.map(
          ({ at, values }) => html`<tr data-testid="trend-row"><th scope="row">${text.time(at)}</th>
          ${values.map((value, index) => html`<td>${text.value(ids[index] ?? "", value)}</td>`)}</tr>`,
        )}
          ${marks.map(
            (mark) => html`<tr data-testid="trend-mark"><th scope="row">${text.markTime(mark)}</th>
          <td colspan=${ids.length}>${mark.text}</td></tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
