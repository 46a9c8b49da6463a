import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";

/** Stands where the trend is while privacy mode hides it: its line alone tells how things go. */
export function concealedTrend(): TemplateResult {
  return html`<section class="trend" aria-labelledby="trend-heading">
    <h2 id="trend-heading" class="section-heading">${l10n.t("Trend")}</h2>
    <div class="panel-box trend-none" data-testid="trend-concealed">
      <span class="codicon codicon-eye-closed" aria-hidden="true"></span>
      <p class="quiet">${l10n.t("Privacy mode hides the trend.")}</p>
    </div>
  </section>`;
}
