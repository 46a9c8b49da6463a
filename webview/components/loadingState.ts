import { html, type TemplateResult } from "lit";
import { BUILT_IN_METRICS } from "../../src/protocol/snapshot.js";

/** The page's outline while the first snapshot is on its way. */
export function loadingState(): TemplateResult {
  return html`<div class="board" data-testid="loading" aria-hidden="true">
    <div class="cards">
      ${BUILT_IN_METRICS.map(
        () => html`<div class="card skeleton">
          <span class="bone bone-label"></span><span class="bone bone-value"></span><span class="bone bone-foot"></span>
        </div>`,
      )}
    </div>
    <div class="panel-box skeleton-rows">
      <span class="bone"></span><span class="bone"></span><span class="bone"></span>
    </div>
  </div>`;
}
