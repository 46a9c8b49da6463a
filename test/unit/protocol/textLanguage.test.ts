import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { textLanguage } from "../../../src/protocol/textLanguage.js";

describe("the language of the texts", () => {
  it("is the display language where there is a bundle of it, and English in any other one", () => {
    const bundles = readdirSync("l10n").flatMap((file) => /^bundle\.l10n\.(.+)\.json$/.exec(file)?.[1] ?? []);
    assert.deepEqual(bundles.map(textLanguage), bundles);
    const languages = ["en", "ar", "cs", "de", "es", "fa", "fr", "he", "it", "ja", "ko", "pl", "pt-br", "ru"];
    const others = [...languages, "tr", "uk", "ur", "zh-cn", "zh-tw"].filter(
      (language) => !bundles.includes(language),
    );
    for (const language of others) assert.equal(textLanguage(language), "en", language);
  });
});
