import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import { EventSource } from "../core/event.js";
import {
  type LedgerToken,
  needsNewKey,
  parseLedger,
  pruned,
  type TokenLedger,
  validTokens,
  withNewKey,
  withRevoked,
  withToken,
} from "./tokenLedger.js";
import type { KeptText, TokenStorage } from "./tokenStorage.js";
import {
  type Claims,
  type IssuedToken,
  namedKey,
  TokenAuthority,
  type TokenRequest,
  type Verification,
} from "./tokens.js";
import { TokenUses } from "./tokenUses.js";

/** A token as its owner sees it in a list; all times are epoch milliseconds. */
export interface ListedToken extends Omit<LedgerToken, "key"> {
  /** When a client with it last came, asked or went; `null` for never. */
  readonly lastUsedAt: number | null;
}

/** A request for a token that is to be listed. */
export interface NamedTokenRequest extends TokenRequest {
  /** What its owner calls it; need not be the only one of that name. */
  readonly name: string;
}

interface TokenRegisterOptions {
  readonly storage: TokenStorage;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * The tokens of one stream: made, listed, revoked and verified. What another process on the same storage does to them
 * takes effect here at once.
 */
export class TokenRegister {
  private readonly authority: TokenAuthority;
  private readonly uses: TokenUses;
  private readonly kept: KeptText;
  private readonly subscription: Disposable;
  private readonly changes: EventSource<void>;
  private revoked: ReadonlySet<string> = new Set();
  private listed: ReadonlySet<string> = new Set();
  /** Reading and changing take turns: an older text must not be taken for the newest one. */
  private turn: Promise<unknown> = Promise.resolve();
  private waiting: Promise<void> | null = null;

  private constructor(
    private readonly options: TokenRegisterOptions,
    private text: string,
    private ledger: TokenLedger,
  ) {
    this.authority = TokenAuthority.create(signingKeys(ledger));
    this.kept = options.storage.ledger;
    this.uses = new TokenUses(options.storage.uses, options.clock);
    this.changes = new EventSource((error) => options.log(`❌ ${String(error)}`));
    this.adopt(ledger);
    this.subscription = this.kept.onChange(() => void this.reload());
  }

  /**
   * The tokens that are kept, with a new key where none is.
   * Rejects with DamagedLedgerError where what is kept is damaged, and where it cannot be read or written.
   */
  static async open(options: TokenRegisterOptions): Promise<TokenRegister> {
    const now = options.clock.now();
    const text = await loaded(options.storage.ledger, now);
    return new TokenRegister(options, text, parseLedger(text, now));
  }

  /** What a token says that was good before, and still is; `null` for one that must be verified. */
  verified(token: string): Verification | null {
    const verification = this.authority.verified(token);
    return verification && this.judged(verification);
  }

  async verify(token: string): Promise<Verification> {
    const verification = await this.authority.verify(token);
    const key = verification.ok ? null : namedKey(token);
    if (key === null || this.authority.hasKey(key)) return this.judged(verification);
    // Another process may have made the key this moment.
    await this.reload();
    return this.judged(await this.authority.verify(token));
  }

  /** Whether what was verified before still holds, its expiry left aside. */
  isGood({ id, key }: Claims): boolean {
    return this.authority.hasKey(key) && !this.revoked.has(id);
  }

  /** Notes that a client with this token came, asked or went. */
  used({ id }: Claims): void {
    if (this.listed.has(id)) this.uses.note(id);
  }

  /**
   * Makes a token and lists it. Its text is in the answer, and nowhere else.
   * Rejects with a RangeError where `expiresIn` is not above 0, there are too many metrics for one token, or too many tokens.
   */
  async issue({ name, ...request }: NamedTokenRequest): Promise<IssuedToken> {
    if (needsNewKey(this.ledger, this.now())) {
      await this.change((ledger) =>
        needsNewKey(ledger, this.now()) ? withNewKey(ledger, this.now()) : ledger,
      );
    }
    const issued = await this.authority.issue(request);
    const { id, scope, metrics, expiresAt, key } = issued.claims;
    const madeAt = this.now();
    const added = {
      id,
      name,
      scope,
      metrics: metrics && [...metrics],
      madeAt,
      expiresAt,
      key,
      revokedAt: null,
    };
    await this.change((ledger) => withToken(ledger, added));
    return issued;
  }

  /** A token for a client inside this process: not listed, and not to be revoked. */
  async issueForProcess(request: TokenRequest): Promise<string> {
    return (await this.authority.issueForProcess(request)).text;
  }

  /** All tokens that are not over, the newest first; those that were revoked stay listed until they would have expired. */
  async list(): Promise<readonly ListedToken[]> {
    await this.reload();
    const uses = await this.uses.read();
    const now = this.now();
    return this.ledger.tokens
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ key, ...token }) => ({ ...token, lastUsedAt: uses.get(token.id) ?? null }));
  }

  /**
   * Revokes the valid tokens of this id or this name. Whoever holds one of them loses the connection.
   * @returns how many these were
   */
  async revoke(nameOrId: string): Promise<number> {
    let count = 0;
    await this.change((ledger) => {
      const ids = validTokens(ledger, nameOrId, this.now()).map(({ id }) => id);
      count = ids.length;
      return withRevoked(ledger, new Set(ids), this.now());
    });
    return count;
  }

  /** Drops every key: no token made so far is worth anything any more. */
  async revokeAll(): Promise<void> {
    await beginAnew(this.options.storage, this.now());
    await this.reload();
  }

  /** @param listener called when a token was made or revoked, here or by another process */
  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  /** Settles when all is written. */
  async dispose(): Promise<void> {
    this.subscription.dispose();
    await this.turn.catch(() => undefined);
    await this.uses.dispose();
  }

  private now(): number {
    return this.options.clock.now();
  }

  private judged(verification: Verification): Verification {
    if (!verification.ok) return verification;
    return this.isGood(verification.claims) ? verification : { ok: false, reason: "revoked" };
  }

  /** What is written is in force before anybody is told that it is. */
  private change(make: (ledger: TokenLedger) => TokenLedger): Promise<void> {
    return this.inTurn(async () => {
      await this.kept.update((kept) => {
        this.text = JSON.stringify(make(pruned(parseLedger(kept, this.now()), this.now())));
        return this.text;
      });
      this.adopt(parseLedger(this.text, this.now()));
    });
  }

  /** Never rejects: what was known last stays in force. Calls before it begins are one. */
  private reload(): Promise<void> {
    this.waiting ??= this.inTurn(async () => {
      this.waiting = null;
      try {
        const text = await loaded(this.kept, this.now());
        if (text === this.text) return;
        this.adopt(parseLedger(text, this.now()));
        this.text = text;
      } catch (error) {
        this.options.log(`⚠️ The list of client tokens: ${error instanceof Error ? error.message : error}`);
      }
    });
    return this.waiting;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.catch(() => undefined).then(work);
    this.turn = result;
    return result;
  }

  private adopt(ledger: TokenLedger): void {
    const before = this.ledger.keys;
    this.ledger = ledger;
    if (!isDeepStrictEqual(ledger.keys, before)) this.authority.use(signingKeys(ledger));
    const { tokens } = ledger;
    this.listed = new Set(tokens.map(({ id }) => id));
    this.revoked = new Set(tokens.filter(({ revokedAt }) => revokedAt !== null).map(({ id }) => id));
    this.uses.keepOnly(this.listed);
    this.changes.fire();
  }
}

/**
 * Takes a new key, and nothing else, in place of all that is kept, be it damaged.
 * @param now epoch milliseconds
 */
export async function beginAnew({ ledger }: TokenStorage, now: number): Promise<void> {
  const text = JSON.stringify(parseLedger(null, now));
  await ledger.update(() => text);
}

/** What is kept, after it was begun where nothing was: whoever takes the keys away ends every token. */
async function loaded(kept: KeptText, now: number): Promise<string> {
  let text = await kept.read();
  if (text !== null) return text;
  await kept.update((other) => {
    text = other ?? JSON.stringify(parseLedger(null, now));
    return text;
  });
  return text ?? "";
}

function signingKeys({ keys }: TokenLedger) {
  return keys.map(({ id, secret }) => ({ id, secret: Buffer.from(secret, "base64url") }));
}
