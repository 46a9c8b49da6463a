import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";
import { say } from "../intent.js";

/** Says that values are hidden, and ends that. */
export function privacyBadge(): TemplateResult {
  const end = l10n.t("Show values");
  return html`<span class="pill privacy-badge" data-testid="privacy">
    <span class="codicon codicon-eye-closed" aria-hidden="true"></span>${l10n.t("Privacy mode")}
    <button
      type="button"
      class="icon-button"
      data-testid="privacy-end"
      title=${end}
      aria-label=${end}
      @click=${(event: Event) => say(event.currentTarget as HTMLElement, { kind: "ask", message: { type: "action", action: "togglePrivacy" } })}
    >
      <span class="codicon codicon-eye" aria-hidden="true"></span>
    </button>
  </span>`;
}
