/** The one rule by which the panel and the status bar call data stale. */

/** The five states of a client's connection. */
export type ConnectionState = "connecting" | "connected" | "stale" | "disconnected" | "error";

/** A pulse that is due right at the limit may arrive this much later (ms) without being called late. */
const GRACE_MS = 2_000;

/** A day: whoever waits longer need not be warned at all. */
const MAX_STALE_AFTER_MINUTES = 24 * 60;

/** Whether a value is a time after which data may be called stale: more than 0 minutes, a day at most. */
export function isStaleAfter(minutes: unknown): minutes is number {
  return typeof minutes === "number" && minutes > 0 && minutes <= MAX_STALE_AFTER_MINUTES;
}

/** The moment (epoch ms) from which on data last updated then (UTC, ISO 8601) counts as stale, if nothing comes. */
export function staleAt(lastUpdate: string, staleAfterMinutes: number): number {
  return Date.parse(lastUpdate) + staleAfterMinutes * 60_000 + GRACE_MS;
}

/**
 * Whether the last update (UTC, ISO 8601) lies longer ago than the user allows.
 * @param now epoch milliseconds
 */
export function isStale(lastUpdate: string, staleAfterMinutes: number, now: number): boolean {
  return now > staleAt(lastUpdate, staleAfterMinutes);
}
