import assert from "node:assert/strict";
import { panelPage } from "../../src/vscode/panelPage.js";

const FILES = { source: "https://files.example", address: (file: string) => `/x/${file}`, styles: "p{}" };
const OUTLINE = { title: "Command Center", connecting: "Connecting", folder: "company", cards: ["MRR"] };

describe("the panel's page", () => {
  it("shows what is known of the folder as text", () => {
    const hostile = `<img src=x onerror="alert(1)">&'`;
    const page = panelPage({ ...OUTLINE, folder: hostile, cards: [hostile] }, FILES, "n", "en");
    assert.doesNotMatch(page, /<img/);
    const escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;'";
    assert.equal(page.split(escaped).length, 3);
  });

  it("lets nothing in but its own script and styles", () => {
    const page = panelPage(OUTLINE, FILES, "n0nce", "en");
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    assert.deepEqual(policy.split("; "), [
      "default-src 'none'",
      "script-src 'nonce-n0nce'",
      "style-src 'nonce-n0nce'",
      "font-src https://files.example",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.equal(page.match(/<(script|style|link)\b/g)?.length, 3);
    assert.equal(page.match(/<(script|style|link)\b[^>]* nonce="n0nce"/g)?.length, 3);
  });

  it("is in the language of its texts, and runs as that one does", () => {
    const begin = (language: string) => panelPage(OUTLINE, FILES, "n", language).split("\n")[1];
    assert.equal(begin("ar"), '<html lang="ar" dir="rtl">');
    for (const language of ["en", "de", "he", "ur"]) {
      assert.equal(begin(language), '<html lang="en" dir="ltr">', language);
    }
  });
});
