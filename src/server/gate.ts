import type { IncomingMessage } from "node:http";
import {
  bearerToken,
  isAllowedOrigin,
  isForeignFetch,
  isOwnHost,
  onlyValue,
  parseTarget,
  type Query,
  type Target,
} from "./headers.js";
import { type HttpRefusal, httpRefusal } from "./refusal.js";
import { RequestRate } from "./requestRate.js";
import type { TokenRegister } from "./tokenRegister.js";
import { type Claims, TOKEN_MESSAGES, type TokenRefusal, type Verification } from "./tokens.js";
import { TOO_MANY_WRONG, type WrongTokens } from "./wrongTokens.js";

interface GateOptions {
  /** The port in the Host list. */
  readonly port: () => number;
  /** Asked with every request, so that a changed setting takes effect at once. */
  readonly allowedOrigins: () => readonly string[];
  readonly tokens: Pick<TokenRegister, "verified" | "verify">;
  readonly wrongTokens: WrongTokens;
  /** What every admitted request may do, with a token or without; `null` where a token says so. */
  readonly anonymous: Claims | null;
  /** Whether a path's requests may bring their token later, inside the protocol that they open. */
  readonly mayAuthenticateLater: (path: string) => boolean;
}

/** A request that may be served, by what its token allows; the token may still be to come. */
export interface Admitted {
  readonly kind: "admitted";
  readonly path: string;
  readonly query: Query;
  readonly claims: Claims | null;
}

/** What the gate decided; `origin` is set where it is an allowed one, which then may read even a refusal. */
export type Admission = { readonly origin: string | null } & (
  | Admitted
  | { readonly kind: "preflight" }
  | { readonly kind: "refused"; readonly refusal: HttpRefusal }
);

const CREDENTIAL_PARAMETERS = new Set(["token", "auth", "access_token", "authorization"]);

/**
 * Every request and every upgrade passes here before anything exists for it: Host list, Origin list, token, rate. It
 * stands in front of engine.io because engine.io's own `allowRequest` is not asked again when a polling session upgrades.
 */
export class Gate {
  private readonly rate = new RequestRate();

  constructor(private readonly options: GateOptions) {}

  /** At once where the token was verified before, or none is needed. */
  admit(req: IncomingMessage): Admission | Promise<Admission> {
    const { port, allowedOrigins, anonymous } = this.options;
    const foreign = (message: string): Admission => ({
      kind: "refused",
      origin: null,
      refusal: httpRefusal("FORBIDDEN", message),
    });
    const target = parseTarget(req.url);
    if (!target) return foreign("The request target must be a path.");
    const host = onlyValue(req.rawHeaders, "host");
    if (host === null || host === "doubled") return foreign("One Host header is needed.");
    if (!isOwnHost(host.value, port())) return foreign("This Host is not served here.");
    const originField = onlyValue(req.rawHeaders, "origin");
    if (originField === "doubled") return foreign("The Origin header is doubled.");
    const origin = originField?.value ?? null;
    if (origin !== null && !isAllowedOrigin(origin, allowedOrigins())) {
      return foreign(
        "Pages of this Origin may not connect: allow it by fusion.server.allowedOrigins, or by --allow-origin.",
      );
    }
    // A page that loads this as an image or a script sends no Origin. Where no token stops it, this field does.
    if (anonymous !== null && origin === null && isForeignFetch(req.rawHeaders)) {
      return foreign("Another site's page may not load this.");
    }

    if (req.method === "OPTIONS" && origin !== null) return { kind: "preflight", origin };
    for (const name of target.query.keys()) {
      if (CREDENTIAL_PARAMETERS.has(name.toLowerCase())) {
        const message = "A token never goes into a URL, where logs keep it: send Authorization: Bearer.";
        return { kind: "refused", origin, refusal: httpRefusal("BAD_REQUEST", message) };
      }
    }
    const claims = this.claimsOf(req.rawHeaders);
    return claims instanceof Promise
      ? claims.then((verified) => this.admitWith(verified, target, origin))
      : this.admitWith(claims, target, origin);
  }

  private admitWith(claims: Verification | null, target: Target, origin: string | null): Admission {
    if (claims === null && !this.options.mayAuthenticateLater(target.path)) {
      return {
        kind: "refused",
        origin,
        refusal: unauthorized("A token is needed: send Authorization: Bearer."),
      };
    }
    if (claims !== null && !claims.ok) {
      const refusal = this.options.wrongTokens.allows()
        ? tokenRefusal(claims.reason)
        : httpRefusal("RATE_LIMITED", TOO_MANY_WRONG, { "Retry-After": "1", Connection: "close" });
      return { kind: "refused", origin, refusal };
    }
    if (claims !== null && !this.rate.allows(claims.claims.id)) {
      const refusal = httpRefusal("RATE_LIMITED", "Too many requests in a second.", { "Retry-After": "1" });
      return { kind: "refused", origin, refusal };
    }
    return { kind: "admitted", origin, ...target, claims: claims?.claims ?? null };
  }

  /** `null` where a token is needed and no Authorization is sent; one that is sent must be good, whatever comes later. */
  private claimsOf(rawHeaders: readonly string[]): Verification | null | Promise<Verification> {
    const { anonymous } = this.options;
    if (anonymous !== null) return { ok: true, claims: anonymous };
    const field = onlyValue(rawHeaders, "authorization");
    if (field === null) return null;
    const token = field === "doubled" ? null : bearerToken(field.value);
    if (token === null) return { ok: false, reason: "invalid" };
    return this.options.tokens.verified(token) ?? this.options.tokens.verify(token);
  }
}

/** What a request is told whose token is not good, or is so no longer. */
export function tokenRefusal(reason: TokenRefusal): HttpRefusal {
  return unauthorized(TOKEN_MESSAGES[reason], true);
}

function unauthorized(message: string, tokenSent = false): HttpRefusal {
  const challenge = tokenSent ? 'Bearer realm="fusion", error="invalid_token"' : 'Bearer realm="fusion"';
  return httpRefusal("UNAUTHORIZED", message, { "WWW-Authenticate": challenge });
}
