/** How times are written: clock times in 24 hours, as logs write them. */
import * as l10n from "@vscode/l10n";
import { shortSpan } from "../../src/protocol/duration.js";
import { numberFormat, timeFormat } from "../../src/protocol/formats.js";
import { parseTimestamp } from "../../src/protocol/isoTimestamp.js";
import { textLanguage } from "../../src/protocol/textLanguage.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** On average, as an age in them needs it. */
const YEAR = 365.2425 * DAY;
const MONTH = YEAR / 12;

/** Below this (ms) an age reads "now": counting single seconds tells nobody anything. */
const NOW_LIMIT = 5 * SECOND;

/** An age for a card's corner; a time ahead of this clock (another machine's) counts as now. */
export function age(iso: string, now: number, locale?: string): string {
  const span = now - Date.parse(iso);
  return span < NOW_LIMIT ? l10n.t("now") : shortSpan(span, locale);
}

export function updatedText(iso: string, now: number, locale?: string): string {
  const span = now - Date.parse(iso);
  return span < NOW_LIMIT ? l10n.t("updated just now") : l10n.t("updated {0} ago", shortSpan(span, locale));
}

export function nextText(iso: string, now: number, locale: string): string {
  const left = Date.parse(iso) - now;
  return left <= 0 ? l10n.t("next is due") : l10n.t("next in {0}", countdown(left, locale));
}

function countdown(ms: number, locale: string): string {
  const seconds = Math.ceil(ms / SECOND);
  const write = (value: number, digits: Intl.NumberFormatOptions) =>
    numberFormat(locale, digits).format(value);
  const minutes = write(Math.floor(seconds / 60), { useGrouping: false });
  return `${minutes}:${write(seconds % 60, { minimumIntegerDigits: 2 })}`;
}

/** Time of day to the second. */
export function clockTime(iso: string, locale: string): string {
  return format(iso, locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** Time of day to the minute; with as much of its date as is not today's. A text that is no time stays as it is. */
export function moment(iso: string, now: number, locale: string): string {
  const [date, today] = [dateOf(iso), new Date(now)];
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  if (date.toDateString() === today.toDateString()) return format(iso, locale, time);
  const day = { ...time, month: "short", day: "numeric" } as const;
  const isThisYear = date.getFullYear() === today.getFullYear();
  return format(iso, locale, isThisYear ? day : { ...day, year: "numeric" });
}

/** A moment with its age: "17:40 (4 min ago)". */
export function momentAndAge(iso: string, now: number, locale: string): string {
  const span = now - Date.parse(iso);
  const when = moment(iso, now, locale);
  return span < NOW_LIMIT
    ? l10n.t("{0} (just now)", when)
    : l10n.t("{0} ({1} ago)", when, shortSpan(span, locale));
}

/**
 * How far a date is from now, in words: "3 days ago", "tomorrow", "in 2 hours".
 * @param date ISO 8601, or epoch milliseconds; a day without a time is that day here
 * @returns `null` for a text that is no date
 */
export function distance(date: string | number, now: number, locale: string): string | null {
  const dayOnly = typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date);
  const time = typeof date === "string" ? dateOf(dayOnly ? `${date}T00:00` : date).getTime() : date;
  if (Number.isNaN(time)) return null;
  const write = (value: number, unit: Intl.RelativeTimeFormatUnit) =>
    new Intl.RelativeTimeFormat(textLanguage(locale), { numeric: "auto" }).format(value, unit);
  const span = time - now;
  // By the calendar: what was late yesterday is "yesterday" in the morning. Summer time makes a day 23 or 25 hours.
  const days = Math.round((startOfDay(time) - startOfDay(now)) / DAY);
  const size = Math.abs(span);
  if (size < 60 * DAY && (dayOnly || size >= DAY)) return write(days, "day");
  if (size < MINUTE) return write(0, "second");
  if (size < HOUR) return write(Math.trunc(span / MINUTE), "minute");
  if (size < DAY) return write(Math.trunc(span / HOUR), "hour");
  if (size < 2 * YEAR) return write(Math.trunc(span / MONTH), "month");
  return write(Math.trunc(span / YEAR), "year");
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Everything, for a tooltip. */
export function exactTime(iso: string, locale: string): string {
  return format(iso, locale, { dateStyle: "full", timeStyle: "long" });
}

function format(iso: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  const time = dateOf(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return timeFormat(locale, { hourCycle: "h23", ...options }).format(time);
}

/** By all spellings that a source takes for a time; an invalid date for a text that is none. */
function dateOf(text: string): Date {
  return new Date(parseTimestamp(text) ?? Number.NaN);
}

/** How far the interval has run, 0 to 1; `null` where the stream is not counting. */
export function intervalProgress(
  status: { readonly interval: { readonly minutes: number }; readonly nextEmissionAt: string | null } | null,
  now: number,
): number | null {
  if (!status?.nextEmissionAt) return null;
  const left = Date.parse(status.nextEmissionAt) - now;
  return Math.min(1, Math.max(0, 1 - left / (status.interval.minutes * MINUTE)));
}
