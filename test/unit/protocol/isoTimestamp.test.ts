import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTimestamp } from "../../../src/protocol/isoTimestamp.js";

describe("timestamps", () => {
  it("may be a day, or have a time, a fraction and a zone", () => {
    const noon = Date.UTC(2025, 10, 8, 12, 30);
    for (const text of [
      "2025-11-08T12:30Z",
      "2025-11-08t12:30:00z",
      "2025-11-08 12:30:00+00:00",
      "2025-11-08 13:30:00 +0100",
      "2025-11-08T14:30:00,000+02",
      "2025-11-08T12:30:00.000000+00:00",
    ]) {
      assert.equal(parseTimestamp(text), noon, text);
    }
    assert.equal(parseTimestamp("2025-11-08"), Date.UTC(2025, 10, 8));
    assert.equal(parseTimestamp("2025-11-08 12:30"), new Date(2025, 10, 8, 12, 30).getTime());
    assert.equal(parseTimestamp("2024-02-29"), Date.UTC(2024, 1, 29));
  });

  it("are nothing that the calendar or the clock does not have", () => {
    for (const text of [
      "5",
      "",
      "soon",
      "2025-02-29",
      "2025-02-30",
      "1900-02-29",
      "2025-04-31T10:00:00Z",
      "2025-00-10",
      "2025-13-01",
      "2025-01-00",
      "2025-11-08T25:00Z",
      "2025-11-08T10:60Z",
      "2025-11-08T10:00:61Z",
      "2025-11-08T10:00+99:00",
      "8.11.2025",
      "11/08/2025",
      "2025-11-08T10:00Z tomorrow",
    ]) {
      assert.equal(parseTimestamp(text), null, text);
    }
  });

  it("give back every moment, and no text gives what is none", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        assert.equal(parseTimestamp(date.toISOString()), date.getTime());
      }),
    );
    const character = fc.constantFrom(..."0123456789-:TZ+., ");
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        const moment = parseTimestamp(text);
        assert.ok(moment === null || Number.isSafeInteger(moment), text);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (month, day) => {
        const text = `2025-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const moment = parseTimestamp(text);
        // What is taken is the day that was written.
        if (moment !== null) assert.equal(new Date(moment).toISOString().slice(0, 10), text);
      }),
    );
  });
});
