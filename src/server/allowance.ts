/** Questions at once, for a dashboard of many cards that opens; and how many more a second brings. */
const BURST = 200;
const PER_SECOND = 50;

/** More keys than this are looked through for those that have their whole burst again. */
const MANY_KEYS = 1_000;

interface Account {
  left: number;
  since: number;
}

/**
 * How many questions with large answers a client or a token may ask: a burst, and then so many a second (a token bucket).
 */
export class Allowance {
  private readonly accounts = new Map<string, Account>();

  /** Counts a question, and tells whether it is within the limit. */
  allows(key: string): boolean {
    const now = performance.now();
    if (this.accounts.size > MANY_KEYS) this.forgetFull(now);
    const account = this.accounts.get(key) ?? { left: BURST, since: now };
    this.accounts.set(key, account);
    account.left = leftAt(account, now);
    account.since = now;
    if (account.left < 1) return false;
    account.left -= 1;
    return true;
  }

  private forgetFull(now: number): void {
    for (const [key, account] of this.accounts) if (leftAt(account, now) === BURST) this.accounts.delete(key);
  }
}

function leftAt({ left, since }: Account, now: number): number {
  return Math.min(BURST, left + ((now - since) / 1_000) * PER_SECOND);
}
