import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";

/** An arrow for those who see it, a word for those who do not; nothing for what stays as it is. */
export function directionMark(direction: "up" | "down" | "same"): TemplateResult | typeof nothing {
  if (direction === "same") return nothing;
  const up = direction === "up";
  return html`<span aria-hidden="true">${up ? "▲" : "▼"}</span
    ><span class="visually-hidden">${up ? l10n.t("up") : l10n.t("down")}</span> `;
}
