import {
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from "node:crypto";
import type { JWTPayload } from "jose";
import { SCOPES, type Scope } from "../protocol/events.js";
import { KEY_BYTES } from "./tokenLedger.js";
import { VerifiedTokens } from "./verifiedTokens.js";

/** What a token says of its holder. */
export interface Claims {
  readonly scope: Scope;
  /** The metrics this client may see; `null` for all. */
  readonly metrics: readonly string[] | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly id: string;
  /** Id of the key that signed it. */
  readonly key: string;
}

/** What everyone may do where no token is needed: everything, without an end. */
export const ANONYMOUS: Claims = {
  scope: "control",
  metrics: null,
  expiresAt: Number.POSITIVE_INFINITY,
  id: "anonymous",
  key: "",
};

export interface TokenRequest {
  readonly scope: Scope;
  /** The metrics that the holder may see; all of them if left out. */
  readonly metrics?: readonly string[];
  /** Seconds from now, above 0. */
  readonly expiresIn: number;
}

/** A new token, to be shown to its holder, and what it says. */
export interface IssuedToken {
  readonly text: string;
  readonly claims: Claims;
}

/** A key that signs tokens. */
export interface SigningKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

export type TokenRefusal = "expired" | "notYetValid" | "revoked" | "invalid";
/** Why a token is refused, for its holder. */
export const TOKEN_MESSAGES: Readonly<Record<TokenRefusal, string>> = {
  expired: "The token has expired.",
  notYetValid: "The token is not valid yet.",
  revoked: "The token was revoked.",
  invalid: "The token is not valid.",
};

export type Verification =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly reason: TokenRefusal };

/** Longer texts are refused before anything parses them. */
export const MAX_TOKEN_LENGTH = 4_096;

const ALGORITHM = "HS256";
const ISSUER = "fusion-data-stream";
const AUDIENCE = "fusion-stream";

interface OwnKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Issues and verifies the stream's tokens: JSON Web Tokens, each under one of a few secret keys that its header names. */
export class TokenAuthority {
  private readonly known = new VerifiedTokens<Claims>();
  /** Never leaves the process. */
  private readonly ownKey: SigningKey = { id: `process-${randomUUID()}`, secret: randomBytes(KEY_BYTES) };
  private keys: ReadonlyMap<string, KeyObject> = new Map();
  /** By the first part of every token that was issued with it. */
  private heads: ReadonlyMap<string, OwnKey> = new Map();
  private signing = "";

  private constructor(keys: readonly SigningKey[]) {
    this.use(keys);
  }

  /**
   * @param keys the first one signs
   * @throws RangeError where there is none, or one is not 32 bytes long
   */
  static create(keys: readonly SigningKey[]): TokenAuthority {
    return new TokenAuthority(keys);
  }

  /** Takes these keys in place of those before, and looks at every token anew. Throws as `create` does. */
  use(keys: readonly SigningKey[]): void {
    const [first] = keys;
    if (!first || keys.some(({ secret }) => secret.byteLength !== KEY_BYTES)) {
      throw new RangeError(`A token key has ${KEY_BYTES} bytes.`);
    }
    this.signing = first.id;
    this.keys = new Map([...keys, this.ownKey].map(({ id, secret }) => [id, createSecretKey(secret)]));
    this.heads = new Map([...this.keys].map(([id, key]) => [ownHead(id), { id, key }]));
    this.known.clear();
  }

  hasKey(id: string): boolean {
    return this.keys.has(id);
  }

  /** @throws RangeError where `expiresIn` is not above 0, or the token would be too long to be accepted */
  issue(request: TokenRequest): Promise<IssuedToken> {
    return this.sign(request, this.signing);
  }

  /** A token that only this process accepts, and that no change of the keys ends. */
  issueForProcess(request: TokenRequest): Promise<IssuedToken> {
    return this.sign(request, this.ownKey.id);
  }

  private async sign({ scope, metrics, expiresIn }: TokenRequest, keyId: string): Promise<IssuedToken> {
    if (!(expiresIn > 0 && Number.isFinite(expiresIn))) {
      throw new RangeError("A token expires a number of seconds above 0 from now.");
    }
    const key = this.keys.get(keyId);
    if (!key) throw new RangeError("There is no such key.");
    const { SignJWT } = await import("jose");
    const issuedAt = Math.floor(Date.now() / 1_000);
    const expiresAt = issuedAt + Math.ceil(expiresIn);
    const id = randomUUID();
    const text = await new SignJWT({ scope, ...(metrics && { metrics: [...metrics] }) })
      .setProtectedHeader(headerOf(keyId))
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    if (text.length > MAX_TOKEN_LENGTH) throw new RangeError("A token cannot name so many metrics.");
    const claims = { scope, metrics: metrics ?? null, expiresAt: expiresAt * 1_000, id, key: keyId };
    return { text, claims };
  }

  /** What a token says that was good before, and still is; `null` for one that must be verified. */
  verified(token: string): Verification | null {
    const claims = this.known.find(token, Date.now());
    return claims && { ok: true, claims };
  }

  /** A good token is remembered until it expires. */
  async verify(token: string): Promise<Verification> {
    if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: "invalid" };
    const verified = this.verified(token);
    if (verified) return verified;
    const own = this.ownClaims(token);
    if (own) {
      this.known.remember(token, own);
      return { ok: true, claims: own };
    }
    const keyId = namedKey(token);
    const key = keyId === null ? undefined : this.keys.get(keyId);
    if (keyId === null || key === undefined) return { ok: false, reason: "invalid" };
    const { errors, jwtVerify } = await import("jose");
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["exp", "iat", "jti"],
      });
      const claims = claimsOf(payload, keyId);
      if (!claims) return { ok: false, reason: "invalid" };
      this.known.remember(token, claims);
      return { ok: true, claims };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { ok: false, reason: "expired" };
      const early = error instanceof errors.JWTClaimValidationFailed && error.claim === "nbf";
      return { ok: false, reason: early ? "notYetValid" : "invalid" };
    }
  }

  /**
   * What a token of the very form that `issue` writes says, signed with its key and still good; `null` for every other
   * one, of which the library says what it is worth. Nobody without a key can make one that passes here. It spares the
   * first client the loading of the library and of Web Cryptography, which takes as long as the answer itself.
   */
  private ownClaims(token: string): Claims | null {
    const [head, body, signature, more] = token.split(".");
    const own = this.heads.get(head ?? "");
    if (!own || body === undefined || signature === undefined || more !== undefined) return null;
    const expected = createHmac("sha256", own.key).update(`${head}.${body}`).digest("base64url");
    if (!isEqual(Buffer.from(signature), Buffer.from(expected))) return null;
    const payload: JWTPayload | null = fieldsOf(body);
    if (payload?.iss !== ISSUER || payload.aud !== AUDIENCE) return null;
    if (typeof payload.iat !== "number" || payload.nbf !== undefined) return null;
    const claims = claimsOf(payload, own.id);
    return claims && claims.expiresAt > Date.now() ? claims : null;
  }
}

/** Whether a scope holds another one, or is it. */
export function holds(scope: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

/** Id of the key that a token's header names, which anybody may have written; `null` where it names none. */
export function namedKey(token: string): string | null {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const kid = fieldsOf(token.split(".", 1)[0] ?? "")?.kid;
  return typeof kid === "string" ? kid : null;
}

function headerOf(keyId: string) {
  return { alg: ALGORITHM, typ: "JWT", kid: keyId };
}

function ownHead(keyId: string): string {
  return Buffer.from(JSON.stringify(headerOf(keyId))).toString("base64url");
}

function claimsOf({ scope: name, metrics = null, exp, jti }: JWTPayload, key: string): Claims | null {
  const scope = SCOPES.find((known) => known === name);
  if (!scope || typeof exp !== "number" || typeof jti !== "string") return null;
  if (metrics !== null && !isTextList(metrics)) return null;
  return { scope, metrics, expiresAt: exp * 1_000, id: jti, key };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** In a time that does not tell where two of one length differ. */
function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A part of a token as an object; `null` where it is none. */
function fieldsOf(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
