import { readFileSync } from "node:fs";
import { getL10nJson } from "@vscode/l10n-dev";
import { spokenSentences } from "./sentences.mjs";
import { parsedFiles } from "./source.mjs";

/** Tells a sentence of the stream from a text of the interface: one may be worded like the other. */
const SENTENCE = "sentence";

/**
 * What `l10n/bundle.l10n.json` has to hold: every text that the interface translates, and every sentence of the stream.
 * @returns {Promise<Record<string, string | { message: string, comment: string[] }>>} by key
 */
export async function englishBundle() {
  const scripts = parsedFiles(["src", "webview"]).map(({ fileName }) => ({
    extension: /** @type {const} */ (".ts"),
    contents: readFileSync(fileName, "utf8"),
  }));
  const bundle = await getL10nJson(scripts);
  for (const message of spokenSentences()) {
    bundle[`${message}/${SENTENCE}`] = { message, comment: [SENTENCE] };
  }
  return bundle;
}
