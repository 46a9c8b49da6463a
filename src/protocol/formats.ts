/** Formatters of numbers and times, kept once made: to make one takes many times as long as to write with it. */

/** After this long (ms) one of times is made anew: the machine may have come to another time zone meanwhile. */
const ZONE_MS = 1_000;

const numbers = new Map<string, Intl.NumberFormat>();
let times = new Map<string, Intl.DateTimeFormat>();
let timesSince = Number.NEGATIVE_INFINITY;

/** @param locale the machine's own if left out */
export function numberFormat(
  locale: string | undefined,
  options?: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  return kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options));
}

/** In the time zone of the machine, unless the options name one. */
export function timeFormat(
  locale: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const now = performance.now();
  if (now - timesSince > ZONE_MS) {
    times = new Map();
    timesSince = now;
  }
  return kept(times, locale, options, () => new Intl.DateTimeFormat(locale, options));
}

function kept<T>(
  known: Map<string, T>,
  locale: string | undefined,
  options: object | undefined,
  make: () => T,
): T {
  const key = `${locale} ${JSON.stringify(options)}`;
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
