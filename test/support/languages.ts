import { readFileSync } from "node:fs";
import type { PanelState } from "../../src/protocol/panel.js";

/** What the host tells the page where VS Code speaks Arabic. */
export function inArabic(): Pick<PanelState, "locale" | "translations"> {
  return { locale: "ar", translations: JSON.parse(readFileSync("l10n/bundle.l10n.ar.json", "utf8")) };
}
