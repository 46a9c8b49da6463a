/** Languages that there are texts in, by VS Code's codes: English, and those of the bundles in `l10n`. */
const LANGUAGES: ReadonlySet<string> = new Set(["en", "ar"]);

/**
 * The language of the texts around a value: English where there are none in the display language, whose digits, currencies
 * and dates are written all the same.
 */
export function textLanguage(locale: string): string {
  return LANGUAGES.has(locale) ? locale : "en";
}
