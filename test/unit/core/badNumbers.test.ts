import assert from "node:assert/strict";
import { type FileMishap, type MishapCourse, runMishaps } from "../../support/fileMishap.js";
import { NO_JSON_NUMBERS, NUMBER_PLACES } from "../../support/numberPlace.js";

/** Spellings that no format takes for a number, or for none that can be held. */
const NOWHERE = [...NO_JSON_NUMBERS, "Infinity", "NaN"];

/** Where a spelling is the format's own, or means something else there. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  YAML: [".nan", ".inf", "-.INF", "~", "1_000", "1,234", "2025-02-30", "0x", "!!float x"],
  TOML: ["nan", "inf", "-inf", "1_000_", "2025-02-30", "0x"],
  JSON: ["01", "+1", ".5", "1.", "0x10", "1_000", "'1'", "1,2", "- 1"],
  JSONC: ["01", "+1", ".5", "1.", "0x10", "1_000", "'1'", "1,2"],
  CSV: ["0x10", "1_000", " ", "1 234", "١٢", "--1", "1.2.3"],
  "a log": ["0x10", "1_000", "1 234", "١٢", "1.2.3", "\u001b[31mred\u001b[0m"],
};

/** Every message says what to do, unless nothing is wrong but that nothing is there. */
const ADVICE = /\. (Write|Mend|Name|Check) .+\.$|nothing matches yet\.$/;

describe("where a number is due", () => {
  const mishaps: FileMishap[] = NUMBER_PLACES.flatMap(({ format, extension, selection, around }) =>
    [...NOWHERE, ...(SPECIAL[format] ?? [])].map((spelling) => ({
      title: `${format} refuses ${spelling.slice(0, 40)}`,
      extension,
      selection,
      good: (value: number) => around(String(value)),
      bad: around(spelling),
      gives: ADVICE,
    })),
  );
  let courses: readonly MishapCourse[];

  before(async function () {
    this.timeout(40_000);
    courses = await runMishaps(mishaps);
  });

  for (const [index, { title }] of mishaps.entries()) {
    it(title, () => {
      const { file, before, during, after } = courses[index] as MishapCourse;
      assert.deepEqual([before?.value, before?.available], [1, true]);
      assert.deepEqual(
        [during?.value, during?.available, during?.stale],
        [1, false, true],
        `${during?.error}`,
      );
      assert.ok(during?.error?.startsWith(file), `${during?.error}`);
      assert.match(during?.error ?? "", ADVICE);
      assert.deepEqual([after?.value, after?.available, after?.stale, after?.error], [3, true, false, null]);
    });
  }
});
