import { html, type TemplateResult } from "lit";
import { BUILT_IN_METRICS } from "../../src/protocol/snapshot.js";

/** What stands for the cards while the first snapshot is on its way; as the outline in the page, by panelPage.ts. */
export function loadingState(): TemplateResult {
  return html`<div class="board" data-testid="loading" aria-hidden="true">
    <div class="cards">
      ${BUILT_IN_METRICS.map(
        () => html`<div class="card">
          <span class="card-head"><span class="bone bone-label"></span></span>
          <span class="card-value"><span class="bone bone-value"></span></span>
          <span class="card-foot"><span class="bone bone-foot"></span></span>
          <span class="sparkline-room"></span>
        </div>`,
      )}
    </div>
    <div class="panel-box skeleton-rows">
      <span class="bone"></span><span class="bone"></span><span class="bone"></span>
    </div>
  </div>`;
}
