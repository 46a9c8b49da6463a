const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof UNIT_MS;

/** A number and one of the letters s, m, h, d, w. */
const DURATION_PATTERN = /^(\d+(?:\.\d+)?)(s|m|h|d|w)$/;

const LONGEST_MS = 3_650 * UNIT_MS.d;

/** Milliseconds of a duration such as "30s", "10m", "1h", "7d" or "2w", up to ten years; `null` where it is none. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = DURATION_PATTERN.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  const ms = Number(count) * UNIT_MS[unit as Unit];
  return ms <= LONGEST_MS ? ms : null;
}

/** What a text such as "10 min", "2 Days" or "7D" would be as a duration; `null` where that is not clear. */
export function asDuration(text: string): string | null {
  const [, count, word] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\.?\s*$/i.exec(text) ?? [];
  if (count === undefined || word === undefined) return null;
  const unit = UNIT_WORDS.find(([words]) => words.test(word))?.[1];
  const duration = unit === undefined ? null : `${count}${unit}`;
  return duration !== null && parseDuration(duration) !== null ? duration : null;
}

const UNIT_WORDS: readonly (readonly [RegExp, Unit])[] = [
  [/^s(ec(ond)?s?)?$/i, "s"],
  [/^m(in(ute)?s?)?$/i, "m"],
  [/^h((ou)?rs?)?$/i, "h"],
  [/^d(ays?)?$/i, "d"],
  [/^w((ee)?ks?)?$/i, "w"],
];
