import { FEED_LENGTH, type FeedEntry } from "../../src/protocol/status.js";

/**
 * The last entries of both, in the order of their emission, newest first. The stream's own come first; those remembered
 * fill up what a restarted stream no longer has. They are told apart by time: a restarted stream counts its sequence from
 * the beginning. Nothing is sorted by time, as a clock that was set back would keep what is new at the end.
 */
export function mergeFeed(current: readonly FeedEntry[], remembered: readonly FeedEntry[]): FeedEntry[] {
  const known = new Set(current.map(({ timestamp }) => timestamp));
  return [...current, ...remembered.filter(({ timestamp }) => !known.has(timestamp))].slice(0, FEED_LENGTH);
}
