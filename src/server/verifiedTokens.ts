/** A dashboard's clients share a few tokens; more than these are verified anew. */
const MAX_TOKENS = 1_000;

/**
 * What good tokens said, until they expire: a signature costs more to verify than the rest of a request. It holds
 * the tokens themselves: whoever could read them in this memory could read the key.
 */
export class VerifiedTokens<Claims extends { readonly expiresAt: number }> {
  /** In the order of their last use. */
  private readonly claims = new Map<string, Claims>();

  /**
   * What a token said; `null` where it has not been seen here, or has expired.
   * @param now epoch milliseconds, as `expiresAt` is
   */
  find(token: string, now: number): Claims | null {
    const claims = this.claims.get(token);
    if (!claims) return null;
    this.claims.delete(token);
    if (now >= claims.expiresAt) return null;
    this.claims.set(token, claims);
    return claims;
  }

  remember(token: string, claims: Claims): void {
    const [oldest] = this.claims.keys();
    if (oldest !== undefined && this.claims.size >= MAX_TOKENS) this.claims.delete(oldest);
    this.claims.set(token, claims);
  }

  /** Has every token verified anew. */
  clear(): void {
    this.claims.clear();
  }
}
