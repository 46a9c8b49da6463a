import * as l10n from "@vscode/l10n";
import { type Wording, wordingOf } from "../src/protocol/sentences.js";

let wording: Wording = (english) => english;

/**
 * Puts the host's translations in place. Components call `l10n.t` of `@vscode/l10n` themselves: the tool that collects
 * the texts to translate recognizes only that import.
 */
export function useTranslations(translations: Readonly<Record<string, string>>): void {
  l10n.config({ contents: { ...translations } });
  wording = wordingOf(translations);
}

/** A sentence of the stream or the host in the page's language. */
export function inWords(english: string): string {
  return wording(english);
}
