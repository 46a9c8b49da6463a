import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { say } from "../intent.js";
import { LightElement } from "./lightElement.js";

/** The place of the next card: leads to a metric of the user's own. */
@customElement("fusion-add-card")
export class AddCard extends LightElement {
  protected override render(): TemplateResult {
    return html`<button type="button" class="add-card" data-testid="add-card" @click=${this.add}>
      <span class="codicon codicon-add" aria-hidden="true"></span>
      <span>${l10n.t("Add metric")}</span>
    </button>`;
  }

  private add(): void {
    say(this, { kind: "ask", message: { type: "action", action: "addMetric" } });
  }
}
