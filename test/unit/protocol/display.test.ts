import assert from "node:assert/strict";
import fc from "fast-check";
import {
  displayCompact,
  displayDelta,
  displayPercentChange,
  displayValue,
  NO_VALUE,
} from "../../../src/protocol/display.js";
import type { MetricFormat } from "../../../src/protocol/snapshot.js";

const usd = { format: "currency", unit: "USD" } as const;
const plain = { format: "number", unit: null } as const;

describe("displayed values", () => {
  const languages = {
    en: ["$12,450", "$12.5K", "1,234.5 ms", "3.2 %", "3 h 12 min", "Dec 24, 2026", "19.5 MB"],
    de: ["12.450\u00a0$", "12.450\u00a0$", "1.234,5 ms", "3,2\u00a0%", "3 h 12 min", "24.12.2026", "19,5 MB"],
    ar: [
      "\u200f12,450\u00a0US$\u200e",
      "\u200f12.5\u00a0ألف\u00a0US$\u200e",
      "1,234.5 ms",
      "3.2\u200e%\u200e",
      "3 س 12 د",
      "24\u200f/12\u200f/2026",
      "19.5 MB",
    ],
  };
  for (const [language, expected] of Object.entries(languages)) {
    it(`are written as ${language} writes them, whatever the machine's own language`, () => {
      const bare = { unit: null } as const;
      assert.deepEqual(
        [
          displayValue({ ...usd, value: 12_450 }, language),
          displayCompact({ ...usd, value: 12_450 }, language),
          displayValue({ format: "number", unit: "ms", value: 1234.5 }, language),
          displayValue({ ...bare, format: "percent", value: 3.2 }, language),
          displayValue({ ...bare, format: "duration", value: 11_520 }, language),
          displayValue({ ...bare, format: "date", value: "2026-12-24" }, language),
          displayValue({ ...bare, format: "bytes", value: 20_480_000 }, language),
        ],
        expected,
      );
    });
  }

  it("show amounts in the file's currency, by locale", () => {
    assert.equal(displayValue({ ...usd, value: 12450 }, "en"), "$12,450");
    assert.equal(displayValue({ ...usd, value: 12450.5 }, "en"), "$12,450.50");
    assert.equal(displayValue({ format: "currency", unit: "EUR", value: 12450 }, "de"), "12.450\u00a0€");
  });

  it("show a dash for nothing, and never a zero", () => {
    assert.equal(displayValue({ ...usd, value: null }, "en"), NO_VALUE);
    assert.equal(displayValue({ ...usd, value: 0 }, "en"), "$0");
  });

  it("choose a unit by what is written: never 1,024 KB or 60 s", () => {
    const bare = { unit: null } as const;
    const bytes = (value: number) => displayValue({ ...bare, format: "bytes", value }, "en");
    assert.deepEqual([1_048_575, 1_073_741_823, 1023.6, 1023].map(bytes), [
      "1 MB",
      "1 GB",
      "1 KB",
      "1,023 B",
    ]);
    const seconds = (value: number) => displayValue({ ...bare, format: "duration", value }, "en");
    assert.deepEqual([59.994, 59.995, 60].map(seconds), ["59.99 s", "1 min", "1 min"]);
  });

  it("have no sign where they are rounded to zero", () => {
    assert.equal(displayValue({ ...plain, decimals: 0, value: -0.2 }, "en"), "0");
    assert.equal(displayValue({ ...usd, decimals: 2, value: -0.004 }, "en"), "$0.00");
    assert.equal(displayValue({ ...plain, decimals: 0, value: -0.6 }, "en"), "-1");
  });

  it("show units, percentages and texts", () => {
    assert.equal(displayValue({ format: "number", unit: "ms", value: 1234.5 }, "en"), "1,234.5 ms");
    assert.equal(displayValue({ format: "percent", unit: null, value: 3.2 }, "en"), "3.2 %");
    assert.equal(displayValue({ format: "text", unit: null, value: "OK" }, "en"), "OK");
  });

  it("write every text that is taken for a date as one", () => {
    const shown = (value: string) => displayValue({ format: "date", unit: null, value }, "en");
    const written = shown("2025-11-08T17:40:38");
    assert.match(written, /^Nov 8, 2025, /);
    for (const text of ["2025-11-08 17:40:38,123", "2025-11-08T17:40", "2025-11-08 17:40:38.5"]) {
      assert.equal(shown(text), written, text);
    }
    const inUtc = shown("2025-11-08T17:40:38Z");
    for (const text of ["2025-11-08 18:40:38,123+01", "2025-11-08T17:40 Z", "2025-11-08T18:40 +0100"]) {
      assert.equal(shown(text), inUtc, text);
    }
    assert.equal(shown("tomorrow"), "tomorrow");
  });

  it("keep a date's prefix and suffix, whether it is a text or a number", () => {
    const due = { format: "date", unit: null, prefix: "due ", suffix: " at noon" } as const;
    assert.equal(displayValue({ ...due, value: "2026-12-24" }, "en"), "due Dec 24, 2026 at noon");
    assert.match(
      displayValue({ ...due, value: Date.UTC(2026, 11, 24, 12) }, "en"),
      /^due Dec 2\d, 2026, .* at noon$/,
    );
  });

  it("never write a zero for a number that is none, whatever its format", () => {
    const written = (format: MetricFormat, value: number) =>
      displayValue({ format, unit: null, value }, "en");
    assert.equal(written("currency", 0.0004), "$0.0004");
    assert.equal(written("currency", -0.0004), "-$0.0004");
    assert.equal(written("percent", 0.0012), "0.0012 %");
    assert.equal(written("duration", 0.0012), "0.0012 s");
    assert.equal(written("bytes", 0.25), "0.25 B");
    assert.equal(written("number", 1e-9), "1E-9");
    fc.assert(
      fc.property(
        fc.constantFrom<MetricFormat>("number", "currency", "percent", "bytes", "duration"),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0),
        (format, value) => assert.match(written(format, value), /[1-9]/),
      ),
    );
  });

  it("keep numbers of every size within a card", () => {
    const written = (format: MetricFormat, value: number) =>
      displayValue({ format, unit: null, value }, "en");
    assert.equal(written("number", 123456789012345), "123,456,789,012,345");
    assert.equal(written("number", 1e21), "1E21");
    assert.equal(written("currency", 1e18), "$1E18");
    assert.equal(written("percent", 12345.678), "12,345.68 %");
    assert.equal(written("bytes", 123456789012), "115 GB");
    assert.equal(written("bytes", 1e21), "867.4 EB");
    assert.equal(written("duration", 119.999), "2 min");
    assert.equal(written("duration", 93784), "1 d 2 h");
    fc.assert(
      fc.property(
        fc.constantFrom<MetricFormat>("number", "currency", "percent", "bytes", "duration"),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (format, value) => assert.ok(written(format, value).length <= 30, written(format, value)),
      ),
    );
  });

  it("tell a difference and its direction, without what binary arithmetic adds", () => {
    assert.deepEqual(displayDelta(12000, 12450, usd, "en"), { text: "$450", direction: "up" });
    assert.deepEqual(displayDelta(0.3, 0.1, plain, "en"), { text: "0.2", direction: "down" });
    assert.equal(displayDelta(null, 5, plain, "en"), null);
    assert.equal(displayDelta("OK", "ERROR", plain, "en"), null);
    assert.equal(displayDelta(5, 5, plain, "en"), null);
    const whole = { ...plain, decimals: 0 };
    assert.deepEqual(
      displayDelta(1, 1.2, whole, "en"),
      { text: "0.2", direction: "up" },
      "never an arrow and 0",
    );
    assert.deepEqual(displayDelta(1.6, 0, whole, "en"), { text: "2", direction: "down" });
  });

  it("tell a relative change where there is a base for it", () => {
    assert.equal(displayPercentChange(12000, 12450, "en"), "3.8 %");
    assert.equal(displayPercentChange(0, 5, "en"), null);
    assert.equal(displayPercentChange(1, 12450, "en"), null);
    assert.equal(displayPercentChange(5, -5, "en"), null);
    assert.equal(displayPercentChange(1e6, 1e6 + 1, "en"), "0.0001 %");
  });

  it("write percentages alike, as the language does: shares and changes", () => {
    const written = (language: string) => [
      displayValue({ format: "percent", unit: null, value: 3.75, decimals: 1 }, language),
      displayPercentChange(12_000, 12_450, language),
    ];
    assert.deepEqual(written("en"), ["3.8 %", "3.8 %"]);
    assert.deepEqual(written("de"), ["3,8\u00a0%", "3,8\u00a0%"]);
    assert.deepEqual(written("tr"), ["%3,8", "%3,8"]);
    assert.deepEqual(written("fa"), ["۳٫۸٪", "۳٫۸٪"]);
  });

  it("write the sign of a duration where the language has it", () => {
    const written = (value: number, language: string) =>
      displayValue({ format: "duration", unit: null, value }, language);
    assert.deepEqual(
      [-3_900, -39, -2e15].map((value) => written(value, "en")),
      ["-1 h 5 min", "-39 s", "-23,148,148,148.15 d"],
    );
    assert.equal(written(-3_900, "ar"), "\u200f\u200e-1 س 5 د");
    assert.deepEqual(displayDelta(3_900, 0, { format: "duration", unit: null }, "ar"), {
      text: "1 س 5 د",
      direction: "down",
    });
  });

  it("never throw for any number", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (from, to) => {
          assert.equal(typeof displayValue({ ...usd, value: from }, "en"), "string");
          displayDelta(from, to, plain, "en");
        },
      ),
    );
  });
});
