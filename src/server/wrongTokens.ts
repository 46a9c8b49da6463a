import type { Clock } from "../core/clock.js";

/** So many wrong tokens are told at once what is wrong with them: whoever pastes one twice is no attacker. */
const BURST = 10;
/** After that, so many more with every second. */
const PER_SECOND = 1;

export const TOO_MANY_WRONG = "Too many wrong tokens: try again later.";

/**
 * Counts wrong tokens, by whomever: on the loopback address all callers look alike. Past the limit they are refused as too
 * many, on a connection that is then closed. A good token is never among them, so that nobody can shut others out.
 */
export class WrongTokens {
  private left = BURST;
  private since: number;

  constructor(private readonly clock: Clock) {
    this.since = clock.monotonic();
  }

  /** Counts a wrong token, and tells whether it is within the limit. */
  allows(): boolean {
    const now = this.clock.monotonic();
    this.left = Math.min(BURST, this.left + ((now - this.since) / 1_000) * PER_SECOND);
    this.since = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
