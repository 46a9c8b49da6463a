import { FEED_LENGTH, type FeedEntry } from "../../src/protocol/status.js";

/**
 * The last entries of both, newest first. The stream's own win; those remembered fill up what a restarted stream no
 * longer has. They are told apart by time: a restarted stream counts its sequence from the beginning.
 */
export function mergeFeed(current: readonly FeedEntry[], remembered: readonly FeedEntry[]): FeedEntry[] {
  const known = new Set(current.map(({ timestamp }) => timestamp));
  return [...current, ...remembered.filter(({ timestamp }) => !known.has(timestamp))]
    .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp))
    .slice(0, FEED_LENGTH);
}
