import assert from "node:assert/strict";
import {
  age,
  clockTime,
  distance,
  exactTime,
  intervalProgress,
  moment,
  momentAndAge,
  nextText,
  updatedText,
} from "../../../webview/model/time.js";

const NOW = new Date("2025-11-08T17:45:00").getTime();

function at(offset: number): string {
  return new Date(NOW + offset * 1000).toISOString();
}

describe("times on the page", () => {
  it("calls what is seconds old, or ahead of this clock, now", () => {
    assert.equal(age(at(-2), NOW), "now");
    assert.equal(age(at(30), NOW), "now");
    assert.equal(age(at(-120), NOW), "2 min");
    assert.equal(updatedText(at(-12), NOW), "updated 12 s ago");
    assert.equal(updatedText(at(0), NOW), "updated just now");
  });

  it("counts down to the next emission", () => {
    assert.equal(nextText(at(186), NOW, "en"), "next in 3:06");
    assert.equal(nextText(at(600), NOW, "en"), "next in 10:00");
    assert.equal(nextText(at(-1), NOW, "en"), "next is due");
    assert.equal(nextText(at(186), NOW, "fa"), "next in ۳:۰۶");
  });

  it("writes clock times in 24 hours, with a date where it is not today's", () => {
    assert.equal(clockTime("2025-11-08T17:45:09", "en"), "17:45:09");
    assert.equal(moment("2025-11-08T20:00:00", NOW, "en"), "20:00");
    assert.match(moment("2025-11-07T20:00:00", NOW, "en"), /^Nov 7.*20:00$/);
    assert.match(moment("2025-11-07T20:00:00", NOW, "de"), /7\. Nov.*20:00$/);
  });

  it("writes the year of a date where it is not this one", () => {
    assert.match(moment("2024-11-08T20:00:00", NOW, "en"), /^Nov 8, 2024.*20:00$/);
    assert.match(moment("2026-01-01T00:30:00", NOW, "en"), /^Jan 1, 2026.*00:30$/);
    assert.match(moment("2025-01-01T00:00:00", NOW, "en"), /^Jan 1,[^\d]*00:00$/);
  });

  it("leaves what is no time as the log wrote it", () => {
    assert.equal(moment("2025-11-08 20:00:00,123", NOW, "en"), "20:00", "as Python's logging writes it");
    assert.equal(moment("yesterday evening", NOW, "en"), "yesterday evening");
    assert.equal(exactTime("never", "en"), "never");
  });

  it("tells a moment with its age", () => {
    assert.equal(momentAndAge(at(-240), NOW, "en"), "17:41 (4 min ago)");
    assert.equal(momentAndAge(at(-2), NOW, "en"), "17:44 (just now)");
  });

  it("tells how far a date is, by the calendar from a day on", () => {
    const told = (date: string | number) => distance(date, NOW, "en");
    const dates = ["2025-11-08", "2025-11-07", "2025-11-11", "2025-11-05T23:59", "2025-11-08T15:00"];
    assert.deepEqual(dates.map(told), ["today", "yesterday", "in 3 days", "3 days ago", "2 hours ago"]);
    assert.deepEqual([told(NOW + 90_000), told(NOW - 30_000)], ["in 1 minute", "now"]);
    assert.deepEqual([told("2025-06-08"), told("2021-01-01")], ["5 months ago", "4 years ago"]);
    assert.equal(told("soon"), null);
    assert.deepEqual(
      ["ja", "he", "ar"].map((language) => distance("2025-11-07", NOW, language)),
      ["yesterday", "yesterday", "أمس"],
    );
  });

  it("runs through the interval and stays inside it", () => {
    const status = (nextEmissionAt: string | null) => ({ interval: { minutes: 5 }, nextEmissionAt });
    assert.equal(intervalProgress(status(at(150)), NOW), 0.5);
    assert.equal(intervalProgress(status(at(-5)), NOW), 1);
    assert.equal(intervalProgress(status(at(900)), NOW), 0);
    assert.equal(intervalProgress(status(null), NOW), null);
    assert.equal(intervalProgress(null, NOW), null);
  });
});
