import { type ConnectionState, isStale } from "../../src/protocol/freshness.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";

/** What the socket says of itself; whether the data is stale is a question of time, asked apart. */
export interface Link {
  readonly state: Exclude<ConnectionState, "stale">;
  /** When this state began, epoch milliseconds. */
  readonly since: number;
  /** Why no connection can be made, as the host or the server put it. */
  readonly reason: string | null;
}

export type LinkEvent =
  | { readonly type: "connected" }
  | { readonly type: "lost" }
  /** `refused`: the server answered, and its answer was no. */
  | { readonly type: "failed"; readonly reason: string; readonly refused: boolean };

export function connecting(now: number): Link {
  return { state: "connecting", since: now, reason: null };
}

/** A connection that was lost stays `disconnected` through failing attempts, until it is back or refused. */
export function nextLink(link: Link, event: LinkEvent, now: number): Link {
  switch (event.type) {
    case "connected":
      return { state: "connected", since: now, reason: null };
    case "lost":
      return { state: "disconnected", since: now, reason: null };
    case "failed": {
      const state = link.state === "disconnected" && !event.refused ? "disconnected" : "error";
      return { state, since: link.state === state ? link.since : now, reason: event.reason };
    }
  }
}

/** Whether the last sign of data lies too long ago, whatever the connection says. */
export function hasNoPulse(link: Link, snapshot: Snapshot | null, staleAfter: number, now: number): boolean {
  if (snapshot) return isStale(snapshot.timestamp, staleAfter, now);
  return link.state === "connected" && isStale(new Date(link.since).toISOString(), staleAfter, now);
}

export function connectionState(
  link: Link,
  snapshot: Snapshot | null,
  staleAfter: number,
  now: number,
): ConnectionState {
  return link.state === "connected" && hasNoPulse(link, snapshot, staleAfter, now) ? "stale" : link.state;
}
