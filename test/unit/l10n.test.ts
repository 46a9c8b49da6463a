import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { englishBundle } from "../../scripts/l10n/bundle.mjs";
import { localeFree } from "../support/localeFree.js";
import { untranslatedTexts } from "../support/untranslatedTexts.js";

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** Texts that are the same in every language, or that no one reads. */
const EXEMPT: readonly RegExp[] = [
  // The product, formats and programs, by their names.
  /^(?:Fusion|CSV|JSON|curl|socket\.io-client|\*\*Fusion\*\* · \{0\})$/,
  // Lines of the log, which is English.
  /^(?:❌|⚠️|🔗)/u,
  // Ends of the log's lines.
  /^(?:this folder is not on a disk|write the path from the workspace folder on, such as logs\/fusion\.log)$/,
  // Programs and requests that are copied.
  /^(?:curl -H |import \{ io \} from )/,
  // The page's skeleton and its policy, selectors, classes, fonts, keys of the keyboard.
  /^(?:<!DOCTYPE html>|(?:default|script|style|font|connect)-src |(?:base-uri|form-action) |\.card-trouble |button:enabled, |command-center concealed$)/,
  /^(?:translate\(|color-mix\(|(?:\{0\}|11)px \{\d\}$|1em codicon$|(?:Enter|Escape|Home|End|Page(?:Up|Down))$|(?:Alt\+Shift\+)?Arrow)/,
  // Codes of VS Code and Socket.IO, and what one object tells another.
  /^(?:FileNotFound|FileNotADirectory|Global|Workspace|io client disconnect|told \{0\}|alert \{0\}|git \{0\}|Bearer \{0\})$/,
];

/** Where what is said is for whoever writes another extension: errors of the exported API, in English as all APIs' are. */
const FOR_DEVELOPERS = /^src\/vscode\/(?:exportedApi|fusionApi|sourceRegistration)\.ts$/;

/** Properties of the manifest by which VS Code shows a text. */
const SHOWN =
  /^(?:contents|contextualTitle|\w*[dD]escriptions?|displayName|name|\w*ErrorMessage|shortTitle|title|altText)$/;

/** Texts that are the same in Arabic: a date's pattern. */
const SAME_IN_ARABIC = ["YYYY-MM-DD"];

describe("interface texts", () => {
  it("stand in the bundle as they stand in the code (npm run l10n writes it)", async () => {
    assert.deepEqual(readJson("l10n/bundle.l10n.json"), await englishBundle());
  });

  it("of the manifest each have their text, and none is left over", () => {
    const used = readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/g);
    const keys = [...used].map(([, key]) => key);
    assert.deepEqual(Object.keys(readJson("package.nls.json")).sort(), [...new Set(keys)].sort());
  });

  it("of the panel and of VS Code all pass through l10n", () => {
    const untranslated = untranslatedTexts(["src/extension.ts", "src/vscode", "webview"]);
    assert.deepEqual(
      untranslated.filter(
        ({ file, text }) => !FOR_DEVELOPERS.test(file) && !EXEMPT.some((exempt) => exempt.test(text)),
      ),
      [],
    );
  });

  it("write every number, date and span in VS Code's language", () => {
    assert.deepEqual(localeFree(["src/extension.ts", "src/vscode", "webview"]), []);
  });

  it("of the manifest all pass through package.nls.json", () => {
    assert.deepEqual(
      shownTexts(readJson("package.json").contributes).filter(
        (text) => text !== "Fusion" && !/^%[\w.]+%$/.test(text),
      ),
      [],
    );
  });

  for (const [english, arabic] of [
    ["l10n/bundle.l10n.json", "l10n/bundle.l10n.ar.json"],
    ["package.nls.json", "package.nls.ar.json"],
  ] as const) {
    it(`are all in ${arabic}, with the same values and commands in them`, () => {
      const texts: Record<string, string | { message: string }> = readJson(english);
      const translations: Record<string, string> = readJson(arabic);
      assert.deepEqual(Object.keys(translations).sort(), Object.keys(texts).sort());
      for (const [key, text] of Object.entries(texts)) {
        const original = typeof text === "string" ? text : text.message;
        const translation = translations[key] ?? "";
        assert.deepEqual(valuesIn(translation), valuesIn(original), key);
        if (!/\p{L}/u.test(original.replace(VALUE, "")) || SAME_IN_ARABIC.includes(original)) continue;
        assert.match(translation, /\p{Script=Arabic}/u, key);
      }
    });
  }

  it("keep the order of Arabic in an interface that runs from left to right", () => {
    for (const file of ["l10n/bundle.l10n.ar.json", "package.nls.ar.json"]) {
      for (const [key, translation] of Object.entries<string>(readJson(file))) {
        for (const line of translation.split("\n").filter((each) => /\p{Script=Arabic}/u.test(each))) {
          assert.match(line, /^(?:\u2067.+\u2069|\[\u2067.+\u2069\]\([^)]+\))$/u, key);
        }
      }
    }
  });

  it("keep each value in Arabic apart from the words around it, whichever way it is written", () => {
    for (const [key, translation] of Object.entries<string>(readJson("l10n/bundle.l10n.ar.json"))) {
      const bare = translation.replace(/\u2068\{\d+\}\u2069/g, "");
      assert.doesNotMatch(bare, /\{\d+\}/, key);
      assert.equal(bare.match(/[\u2066-\u2068]/g)?.length, bare.match(/\u2069/g)?.length, key);
    }
  });
});

/** A place for a value, code, a command's link and a setting's name: what a translation has to take over as it is. */
const VALUE = /\{\d+\}|`[^`]+`|\(command:[\w.]+\)|\$\([\w-]+\)/g;

function valuesIn(text: string): string[] {
  return (text.match(VALUE) ?? []).sort();
}

function shownTexts(value: unknown, key = ""): string[] {
  if (typeof value === "string") return SHOWN.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => shownTexts(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => shownTexts(item, name));
}
