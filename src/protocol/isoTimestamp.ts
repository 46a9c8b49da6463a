/** A day, or a day and a time with or without a zone; a blank may stand for the T, and a comma for the decimal point. */
const TIMESTAMP =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?(?:(Z)|([+-]\d\d)(?::?(\d\d))?))?)?$/i;

/**
 * The moment that a text of ISO 8601 or RFC 3339 names, in epoch milliseconds; `null` where it names none. A day alone is
 * its beginning in UTC, a time without a zone is one here. `Date.parse` would take "5" for a May, and the 30th of February
 * for the 2nd of March.
 */
export function parseTimestamp(text: string): number | null {
  const [, year, month, day, time, seconds = "00", fraction = "0", utc, hours, minutes = "00"] =
    TIMESTAMP.exec(text) ?? [];
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  const date = `${year}-${month}-${day}`;
  if (time === undefined) return Date.parse(date);
  const zone = utc ? "Z" : hours ? `${hours}:${minutes}` : "";
  const moment = Date.parse(`${date}T${time}:${seconds}.${fraction}${zone}`);
  return Number.isNaN(moment) ? null : moment;
}

/** Whether the calendar has this day; months are counted from 1. */
export function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
