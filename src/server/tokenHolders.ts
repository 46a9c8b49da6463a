import type { Clock } from "../core/clock.js";
import { type Disposable, DisposableStore } from "../core/disposable.js";
import { whenReached } from "./tokenExpiry.js";
import type { TokenRegister } from "./tokenRegister.js";
import { ANONYMOUS, type Claims, type TokenRefusal } from "./tokens.js";

interface Holder {
  readonly claims: Claims;
  /** Called once at most. */
  readonly end: (reason: TokenRefusal) => void;
}

/** Whoever is being served on the strength of a token, until the token expires or is revoked. */
export class TokenHolders implements Disposable {
  private readonly holders = new Set<Holder>();
  private readonly subscription: Disposable;
  /** One timer for all, at the first expiry of any. */
  private timer: Disposable | null = null;
  private due = Number.POSITIVE_INFINITY;

  constructor(
    private readonly register: Pick<TokenRegister, "isGood" | "onChange" | "used">,
    private readonly clock: Clock,
  ) {
    this.subscription = register.onChange(() => this.endRevoked());
  }

  /**
   * @param end called when the token is no longer good: at once where it is not good now
   * @returns to be disposed when the holder goes by itself
   */
  add(claims: Claims, end: (reason: TokenRefusal) => void): Disposable {
    if (claims === ANONYMOUS) return new DisposableStore();
    const over = this.refusalOf(claims);
    if (over !== null) {
      end(over);
      return new DisposableStore();
    }
    const holder = { claims, end };
    this.holders.add(holder);
    this.register.used(claims);
    if (claims.expiresAt < this.due) this.waitUntil(claims.expiresAt);
    return {
      dispose: () => {
        if (this.holders.delete(holder)) this.register.used(claims);
      },
    };
  }

  /** Why a token that was good is so no longer; `null` where it still is. */
  refusalOf(claims: Claims): TokenRefusal | null {
    if (claims === ANONYMOUS) return null;
    if (!this.register.isGood(claims)) return "revoked";
    return claims.expiresAt <= this.clock.now() ? "expired" : null;
  }

  /** Whether somebody is being served now on the strength of the token of this id. */
  has(id: string): boolean {
    for (const { claims } of this.holders) if (claims.id === id) return true;
    return false;
  }

  dispose(): void {
    this.subscription.dispose();
    this.timer?.dispose();
    this.holders.clear();
  }

  private endRevoked(): void {
    this.endThose(({ claims }) => !this.register.isGood(claims), "revoked");
  }

  private endExpired(): void {
    this.due = Number.POSITIVE_INFINITY;
    const now = this.clock.now();
    this.endThose(({ claims }) => claims.expiresAt <= now, "expired");
    let next = Number.POSITIVE_INFINITY;
    for (const { claims } of this.holders) next = Math.min(next, claims.expiresAt);
    if (next < this.due) this.waitUntil(next);
  }

  private waitUntil(time: number): void {
    this.timer?.dispose();
    this.due = time;
    this.timer = whenReached(time, () => this.endExpired(), this.clock);
  }

  private endThose(over: (holder: Holder) => boolean, reason: TokenRefusal): void {
    for (const holder of [...this.holders].filter(over)) {
      this.holders.delete(holder);
      holder.end(reason);
    }
  }
}
