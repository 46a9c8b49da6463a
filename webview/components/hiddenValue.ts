import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";
import { CONCEALED } from "../../src/protocol/display.js";

/** A value that privacy mode hides: a screen reader would read every dot. */
export function hiddenValue(): TemplateResult {
  return html`<span aria-hidden="true">${CONCEALED}</span><span class="visually-hidden">${l10n.t("Hidden")}</span>`;
}
