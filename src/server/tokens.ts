import { createHmac, createSecretKey, type KeyObject, randomUUID, timingSafeEqual } from "node:crypto";
import type { JWTPayload } from "jose";
import { SCOPES, type Scope } from "../protocol/events.js";
import { VerifiedTokens } from "./verifiedTokens.js";

/** What a token says of its holder. */
export interface Claims {
  readonly scope: Scope;
  /** The metrics this client may see; `null` for all. */
  readonly metrics: readonly string[] | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly id: string;
}

/** What everyone may do where no token is needed: everything, without an end. */
export const ANONYMOUS: Claims = {
  scope: "control",
  metrics: null,
  expiresAt: Number.POSITIVE_INFINITY,
  id: "anonymous",
};

export interface TokenRequest {
  readonly scope: Scope;
  /** The metrics that the holder may see; all of them if left out. */
  readonly metrics?: readonly string[];
  /** Seconds from now, above 0. */
  readonly expiresIn: number;
}

type TokenRefusal = "expired" | "notYetValid" | "invalid";
/** Why a token is refused, for its holder. */
export const TOKEN_MESSAGES: Readonly<Record<TokenRefusal, string>> = {
  expired: "The token has expired.",
  notYetValid: "The token is not valid yet.",
  invalid: "The token is not valid.",
};

export type Verification =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly reason: TokenRefusal };

/** Longer texts are refused before anything parses them. */
export const MAX_TOKEN_LENGTH = 4_096;

const ALGORITHM = "HS256";
/** The first part of every token issued here. */
const OWN_HEAD = Buffer.from(JSON.stringify({ alg: ALGORITHM, typ: "JWT" })).toString("base64url");
const ISSUER = "fusion-data-stream";
const AUDIENCE = "fusion-stream";
/** HS256 is as strong as its key: RFC 7518 §3.2 asks for the hash's size at least. */
const KEY_BYTES = 32;

/** Issues and verifies the stream's tokens: JSON Web Tokens under one secret key. */
export class TokenAuthority {
  private readonly known = new VerifiedTokens<Claims>();

  private constructor(private readonly key: KeyObject) {}

  /** @throws RangeError where the key is not 32 bytes long */
  static create(key: Uint8Array): TokenAuthority {
    if (key.byteLength !== KEY_BYTES) throw new RangeError(`A token key has ${KEY_BYTES} bytes.`);
    return new TokenAuthority(createSecretKey(key));
  }

  /** @throws RangeError where `expiresIn` is not above 0, or the token would be too long to be accepted */
  async issue({ scope, metrics, expiresIn }: TokenRequest): Promise<string> {
    if (!(expiresIn > 0 && Number.isFinite(expiresIn))) {
      throw new RangeError("A token expires a number of seconds above 0 from now.");
    }
    const { SignJWT } = await import("jose");
    const issuedAt = Math.floor(Date.now() / 1_000);
    const token = await new SignJWT({ scope, ...(metrics && { metrics: [...metrics] }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + Math.ceil(expiresIn))
      .sign(this.key);
    if (token.length > MAX_TOKEN_LENGTH) throw new RangeError("A token cannot name so many metrics.");
    return token;
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
    const { errors, jwtVerify } = await import("jose");
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["exp", "iat", "jti"],
      });
      const claims = claimsOf(payload);
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
   * What a token of the very form that `issue` writes says, signed with this key and still good; `null` for every other
   * one, of which the library says what it is worth. Nobody without the key can make one that passes here. It spares the
   * first client the loading of the library and of Web Cryptography, which takes as long as the answer itself.
   */
  private ownClaims(token: string): Claims | null {
    const [head, body, signature, more] = token.split(".");
    if (head !== OWN_HEAD || body === undefined || signature === undefined || more !== undefined) return null;
    const expected = createHmac("sha256", this.key).update(`${head}.${body}`).digest("base64url");
    if (!isEqual(Buffer.from(signature), Buffer.from(expected))) return null;
    const payload = payloadOf(body);
    if (payload?.iss !== ISSUER || payload.aud !== AUDIENCE) return null;
    if (typeof payload.iat !== "number" || payload.nbf !== undefined) return null;
    const claims = claimsOf(payload);
    return claims && claims.expiresAt > Date.now() ? claims : null;
  }
}

/** Whether a scope holds another one, or is it. */
export function holds(scope: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

function claimsOf({ scope: name, metrics = null, exp, jti }: JWTPayload): Claims | null {
  const scope = SCOPES.find((known) => known === name);
  if (!scope || typeof exp !== "number" || typeof jti !== "string") return null;
  if (metrics !== null && !isTextList(metrics)) return null;
  return { scope, metrics, expiresAt: exp * 1_000, id: jti };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** In a time that does not tell where two of one length differ. */
function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function payloadOf(part: string): JWTPayload | null {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return null;
  }
}
