/** What is kept of tokens: the keys that sign them, and what each may do; never a token itself. */
import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { SCOPES } from "../protocol/events.js";

/** HS256 is as strong as its key: RFC 7518 §3.2 asks for the hash's size at least. */
export const KEY_BYTES = 32;
/** A key signs no new tokens once it is so old (ms); those that it signed stay valid. */
const KEY_LIFE_MS = 30 * 86_400_000;
/** More are not kept: a list that nobody reads helps nobody. */
const MAX_TOKENS = 10_000;
/** With those that were revoked, which are kept for as long as their key, and read at every change. */
const MAX_KEPT = 2 * MAX_TOKENS;
const MAX_NAME_LENGTH = 100;

const key = v.object({
  id: v.string(),
  /** 32 bytes, base64url. */
  secret: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  /** Epoch milliseconds, like all times here. */
  madeAt: v.number(),
});

const token = v.object({
  id: v.string(),
  name: v.string(),
  scope: v.picklist(SCOPES),
  metrics: v.nullable(v.array(v.string())),
  madeAt: v.number(),
  expiresAt: v.number(),
  /** Id of the key that signed it. */
  key: v.string(),
  revokedAt: v.nullable(v.number()),
});

const schema = v.object({
  version: v.literal(1),
  /** The newest first, which signs. */
  keys: v.pipe(v.array(key), v.minLength(1)),
  /** The newest first. */
  tokens: v.array(token),
});

export type LedgerToken = v.InferOutput<typeof token>;
export type TokenLedger = v.InferOutput<typeof schema>;

/** Of what is kept: it is not what was written. */
export class DamagedLedgerError extends Error {
  override readonly name = "DamagedLedgerError";
}

/** By its name: whoever asks may be in another bundle than what threw it, and each has a class of its own. */
export function isDamagedLedger(error: unknown): boolean {
  return error instanceof Error && error.name === "DamagedLedgerError";
}

/**
 * What was kept; a ledger with one new key where nothing was.
 * @param now epoch milliseconds
 * @throws DamagedLedgerError where it is not what was written
 */
export function parseLedger(text: string | null, now: number): TokenLedger {
  if (text === null) return { version: 1, keys: [newKey(now)], tokens: [] };
  const parsed = v.safeParse(schema, parsedJson(text));
  if (!parsed.success) throw new DamagedLedgerError("The list of tokens is damaged.");
  return parsed.output;
}

/** Whether something is what was written. */
export function isLedger(text: string): boolean {
  return v.is(schema, parsedJson(text));
}

/** Whether the newest key is too old to sign one more token. */
export function needsNewKey({ keys }: TokenLedger, now: number): boolean {
  const [newest] = keys;
  return newest === undefined || now - newest.madeAt >= KEY_LIFE_MS;
}

/** The ledger with one more key, which signs from now on. */
export function withNewKey(ledger: TokenLedger, now: number): TokenLedger {
  return { ...ledger, keys: [newKey(now), ...ledger.keys] };
}

/** @throws RangeError where there are too many, or the token's key is gone by now */
export function withToken(ledger: TokenLedger, added: LedgerToken): TokenLedger {
  if (ledger.tokens.filter((one) => isValid(one, added.madeAt)).length >= MAX_TOKENS) {
    throw new RangeError(`No more than ${MAX_TOKENS} tokens can be valid at a time. Revoke some first.`);
  }
  if (ledger.tokens.length >= MAX_KEPT) {
    throw new RangeError(
      "Too many revoked tokens are remembered. Revoke all client tokens (--revoke-all), and make new ones.",
    );
  }
  if (!ledger.keys.some(({ id }) => id === added.key)) {
    throw new RangeError("All tokens were revoked just now. Try again.");
  }
  return { ...ledger, tokens: [added, ...ledger.tokens] };
}

/** Tokens that are valid, of this id or of this name. */
export function validTokens({ tokens }: TokenLedger, nameOrId: string, now: number): LedgerToken[] {
  return tokens.filter((one) => (one.id === nameOrId || one.name === nameOrId) && isValid(one, now));
}

/** The ledger with these tokens revoked; they stay in it until they would have expired. */
export function withRevoked(ledger: TokenLedger, ids: ReadonlySet<string>, now: number): TokenLedger {
  const tokens = ledger.tokens.map((one) =>
    ids.has(one.id) && one.revokedAt === null ? { ...one, revokedAt: now } : one,
  );
  return { ...ledger, tokens };
}

/**
 * The ledger without what is over: expired tokens, and older keys that signed no token that is still valid. What was revoked
 * stays as long as its key, as the clock by which it seems to have expired may be wrong.
 */
export function pruned({ version, keys, tokens }: TokenLedger, now: number): TokenLedger {
  const needed = new Set(tokens.filter((one) => isValid(one, now)).map((one) => one.key));
  const kept = keys.filter(({ id }, index) => index === 0 || needed.has(id));
  const keptIds = new Set(kept.map(({ id }) => id));
  const left = tokens.filter((one) => one.revokedAt !== null || one.expiresAt > now);
  return { version, keys: kept, tokens: left.filter((one) => keptIds.has(one.key)) };
}

/** A text as a token's name; `null` where it is empty, too long or has control characters. */
export function tokenName(text: string): string | null {
  const name = text.trim();
  return name !== "" && name.length <= MAX_NAME_LENGTH && !/\p{Cc}/u.test(name) ? name : null;
}

function isValid({ revokedAt, expiresAt }: LedgerToken, now: number): boolean {
  return revokedAt === null && expiresAt > now;
}

function newKey(now: number): TokenLedger["keys"][number] {
  return {
    id: randomBytes(6).toString("base64url"),
    secret: randomBytes(KEY_BYTES).toString("base64url"),
    madeAt: now,
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
