/** How times are written: spans in short units, clock times in 24 hours as logs write them. */
import * as l10n from "@vscode/l10n";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this (ms) an age reads "now": counting single seconds tells nobody anything. */
const NOW_LIMIT = 5 * SECOND;

/** A span in its largest unit, rounded down: "12 s", "2 min", "3 h", "5 d". */
export function shortSpan(ms: number): string {
  if (ms < MINUTE) return l10n.t("{0} s", Math.floor(ms / SECOND));
  if (ms < HOUR) return l10n.t("{0} min", Math.floor(ms / MINUTE));
  if (ms < DAY) return l10n.t("{0} h", Math.floor(ms / HOUR));
  return l10n.t("{0} d", Math.floor(ms / DAY));
}

/** An age for a card's corner; a time ahead of this clock (another machine's) counts as now. */
export function age(iso: string, now: number): string {
  const span = now - Date.parse(iso);
  return span < NOW_LIMIT ? l10n.t("now") : shortSpan(span);
}

export function updatedText(iso: string, now: number): string {
  const span = now - Date.parse(iso);
  return span < NOW_LIMIT ? l10n.t("updated just now") : l10n.t("updated {0} ago", shortSpan(span));
}

export function nextText(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  return left <= 0 ? l10n.t("next is due") : l10n.t("next in {0}", countdown(left));
}

function countdown(ms: number): string {
  const seconds = Math.ceil(ms / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Time of day to the second. */
export function clockTime(iso: string, locale: string): string {
  return format(iso, locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** Time of day to the minute; with its date where that is not today's. A text that is no time stays as it is. */
export function moment(iso: string, now: number, locale: string): string {
  const today = new Date(iso).toDateString() === new Date(now).toDateString();
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return format(iso, locale, today ? time : { ...time, month: "short", day: "numeric" });
}

/** Everything, for a tooltip. */
export function exactTime(iso: string, locale: string): string {
  return format(iso, locale, { dateStyle: "full", timeStyle: "long" });
}

function format(iso: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, { hourCycle: "h23", ...options }).format(time);
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
