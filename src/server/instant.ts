const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
const DIGITS = /^-?\d{1,16}$/;
/** The last time that JavaScript's dates know, in epoch milliseconds (ECMA-262, "Time Values and Time Range"). */
const LAST_TIME = 8.64e15;

/**
 * The time that a client names, in epoch milliseconds: a whole number of these, or ISO 8601 with its zone. A date alone is
 * its beginning in UTC. `null` for anything else, such as a day that the month does not have.
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value === "string" && !DIGITS.test(value)) return parseIso(value);
  const at = typeof value === "string" ? Number(value) : value;
  return Number.isInteger(at) && Math.abs(Number(at)) <= LAST_TIME ? Number(at) : null;
}

function parseIso(text: string): number | null {
  const [, year, month, day] = ISO_TIME.exec(text) ?? [];
  const at = Date.parse(text);
  if (year === undefined || Number.isNaN(at)) return null;
  // V8 takes February 30th for a day in March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day) ? at : null;
}
