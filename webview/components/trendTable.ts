import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import type { Mark } from "../chart/chart.js";
import { alignedTrend, type Trend, tableRows } from "../model/trendData.js";
import type { TrendText } from "../model/trendText.js";
import { streamTime } from "../streamTime.js";

/** How many rows the table has at most: a browser draws no more at once. */
const MOST_ROWS = 500;

/** The trend for those who cannot see its chart, the newest first: the same points, and what is noted on the time line. */
export function trendTable(trend: Trend, marks: readonly Mark[], text: TrendText): TemplateResult {
  const now = streamTime();
  const changes = tableRows(alignedTrend(trend, now));
  const ids = trend.series.map(({ metric }) => metric);
  const shown = changes.slice(-MOST_ROWS);
  const count = (many: number) => new Intl.NumberFormat(text.locale).format(many);
  const rows = [
    ...shown.map(({ at, values }) => ({
      at,
      row: html`<tr data-testid="trend-row"><th scope="row">${text.time(at, "medium")}</th>
        ${values.map((value, index) => html`<td><bdi>${text.value(ids[index] ?? "", value)}</bdi></td>`)}</tr>`,
    })),
    ...marks.map((mark) => ({
      at: mark.at,
      row: html`<tr data-testid="trend-mark"><th scope="row" class="trend-mark-time">${text.markTime(mark)}</th>
        <td colspan=${ids.length}>${mark.kind === "alert" ? l10n.t("Alert: {0}", mark.text) : l10n.t("Commit: {0}", mark.text)}</td></tr>`,
    })),
  ].sort((a, b) => b.at - a.at);
  return html`${
    shown.length === changes.length
      ? nothing
      : html`<p class="quiet trend-note" data-testid="trend-newest">
          ${l10n.t("The newest {0} of {1} changes are listed; a shorter range lists the others.", count(shown.length), count(changes.length))}
        </p>`
  }
    <div class="panel-box trend-scroll" tabindex="0" role="region" aria-label=${l10n.t("Trend as a table")}>
      <table data-testid="trend-table">
        <caption class="visually-hidden">${text.summary(trend, now)}</caption>
        <thead><tr><th scope="col">${l10n.t("Time")}</th>
          ${ids.map((id) => html`<th scope="col"><bdi>${text.label(id)}</bdi></th>`)}</tr></thead>
        <tbody>${rows.map(({ row }) => row)}</tbody>
      </table>
    </div>`;
}
