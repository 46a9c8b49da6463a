import { SourceError } from "./sourceError.js";

/** A server that wants to be left alone until a time. */
export class RateLimitError extends SourceError {
  /** @param retryAt epoch milliseconds */
  constructor(
    reason: string,
    readonly retryAt: number,
  ) {
    super(reason, null, true);
  }
}

const DEFAULT_WAIT_MS = 60_000;
/** A server's wish is followed for a day (ms) at the most: its clock may be wrong. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1_000;
/** `x-ratelimit-reset` is seconds from now with some servers and epoch seconds with others, which are past this. */
const EPOCH_SECONDS_FROM = 1_000_000_000;

/**
 * The error of an answer that tells to come again later; `null` for any other answer.
 * @param now epoch milliseconds
 */
export function rateLimitOf({ status, headers }: Response, now: number): RateLimitError | null {
  const exhausted = headers.get("x-ratelimit-remaining") === "0";
  const wish =
    retryAfter(headers.get("retry-after"), now) ?? resetTime(headers.get("x-ratelimit-reset"), now);
  const limited =
    status === 429 ||
    (status === 403 && (exhausted || headers.has("retry-after"))) ||
    (status === 503 && headers.has("retry-after"));
  if (!limited) return null;
  const retryAt = Math.min(Math.max(wish ?? now + DEFAULT_WAIT_MS, now), now + MAX_WAIT_MS);
  const time = new Date(retryAt).toISOString();
  return new RateLimitError(`the server allows no more requests until ${time} (HTTP ${status}).`, retryAt);
}

/** How many requests a server still allows until it counts anew. */
export interface RequestQuota {
  readonly remaining: number;
  /** Milliseconds from now, a day at the most. */
  readonly resetsInMs: number;
}

/**
 * What an answer says of the requests left; `null` where it does not.
 * @param now epoch milliseconds
 */
export function requestQuotaOf({ headers }: Response, now: number): RequestQuota | null {
  const remaining = headers.get("x-ratelimit-remaining");
  const resetsAt = resetTime(headers.get("x-ratelimit-reset"), now);
  if (remaining === null || !/^\d+$/.test(remaining) || resetsAt === null) return null;
  const resetsInMs = Math.min(Math.max(resetsAt - now, 0), MAX_WAIT_MS);
  return { remaining: Number(remaining), resetsInMs };
}

/** A number of seconds, or a date (RFC 9110 §10.2.3). */
function retryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text)) return now + Number(text) * 1_000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function resetTime(text: string | null, now: number): number | null {
  if (text === null || !/^\d+(\.\d+)?$/.test(text)) return null;
  const seconds = Number(text);
  return seconds >= EPOCH_SECONDS_FROM ? seconds * 1_000 : now + seconds * 1_000;
}
