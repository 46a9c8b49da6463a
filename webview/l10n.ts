import * as l10n from "@vscode/l10n";

/**
 * Puts the host's translations in place. Components call `l10n.t` of `@vscode/l10n` themselves: the tool that collects
 * the texts to translate recognizes only that import.
 */
export function useTranslations(translations: Readonly<Record<string, string>>): void {
  l10n.config({ contents: { ...translations } });
}
