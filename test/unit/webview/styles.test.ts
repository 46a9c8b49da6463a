import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = "webview/styles";

/** What means a side of the screen and not of the text: a language that is written the other way would not turn it. */
const PHYSICAL =
  /(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right|float|clear)(?:-\w+)?\s*:|text-align\s*:\s*(?:left|right)/g;

/** Four values, of which the second is the right side's and the fourth the left side's. */
const FOUR_SIDES = /(?<![\w-])(?:margin|padding|inset|border-(?:width|style|color))\s*:([^;}]+)/g;

describe("the page's styles", () => {
  const sheets = readdirSync(FOLDER).filter((file) => file.endsWith(".css"));

  for (const sheet of sheets) {
    it(`know of no left and right: ${sheet}`, () => {
      const css = readFileSync(`${FOLDER}/${sheet}`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      assert.deepEqual(css.match(PHYSICAL) ?? [], []);
      const uneven = [...css.matchAll(FOUR_SIDES)].filter(([, values = ""]) => {
        const sides = values.trim().split(/\s+(?![^(]*\))/);
        return sides.length === 4 && sides[1] !== sides[3];
      });
      assert.deepEqual(
        uneven.map(([declaration]) => declaration),
        [],
      );
    });

    it(`shift no shadow and no box by a side that does not turn: ${sheet}`, () => {
      const css = readFileSync(`${FOLDER}/${sheet}`, "utf8");
      const shifted =
        css.match(/(?:box-shadow:\s*(?:inset\s+)?-?[1-9][\d.]*px|translate(?:X|3d)?\(\s*-?[1-9])[^;]*/g) ??
        [];
      assert.deepEqual(shifted, []);
    });
  }
});
