const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Ten years: a longer time is a slip of the finger. */
const MAX_SECONDS = 3_653 * 86_400;

/** The seconds of a time such as "90s", "12h" or "30d", above 0 and up to ten years; `null` for anything else. */
export function readDuration(text: string): number | null {
  const [, count = "", unit = ""] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  return seconds > 0 && seconds <= MAX_SECONDS ? seconds : null;
}
