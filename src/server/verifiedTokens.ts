import { hash } from "node:crypto";

/** A dashboard's clients share a few tokens; more than these are verified anew. */
const MAX_TOKENS = 1_000;

/**
 * What good tokens said, until they expire: a signature costs more to verify than the rest of a request. It holds
 * digests, so that no token can be read from memory.
 */
export class VerifiedTokens<Claims extends { readonly expiresAt: number }> {
  /** In the order of their last use. */
  private readonly claims = new Map<string, Claims>();

  /**
   * What a token said; `null` where it has not been seen here, or has expired.
   * @param now epoch milliseconds, as `expiresAt` is
   */
  find(token: string, now: number): Claims | null {
    const digest = digestOf(token);
    const claims = this.claims.get(digest);
    if (!claims) return null;
    this.claims.delete(digest);
    if (now >= claims.expiresAt) return null;
    this.claims.set(digest, claims);
    return claims;
  }

  remember(token: string, claims: Claims): void {
    const [oldest] = this.claims.keys();
    if (oldest !== undefined && this.claims.size >= MAX_TOKENS) this.claims.delete(oldest);
    this.claims.set(digestOf(token), claims);
  }

  /** Has every token verified anew. */
  clear(): void {
    this.claims.clear();
  }
}

function digestOf(token: string): string {
  return hash("sha256", token, "base64");
}
