/** Requests that one token may make in a second: far above any dashboard, far below what blocks the event loop. */
const REQUESTS_PER_SECOND = 1_000;
const WINDOW_MS = 1_000;

/** Counts requests by token, in windows of one second; what it holds is forgotten with the window. */
export class RequestRate {
  private readonly counts = new Map<string, number>();
  private windowStart = performance.now();

  /** Counts a request, and tells whether it is within the limit. */
  allows(tokenId: string): boolean {
    const now = performance.now();
    if (now - this.windowStart >= WINDOW_MS) {
      this.counts.clear();
      this.windowStart = now;
    }
    const count = (this.counts.get(tokenId) ?? 0) + 1;
    this.counts.set(tokenId, count);
    return count <= REQUESTS_PER_SECOND;
  }
}
