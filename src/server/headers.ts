/** Header fields: those the server sends, and how it reads those that decide about admission. */
import { MAX_TOKEN_LENGTH } from "./tokens.js";

/** On every response: what is answered here is data for its one reader, never a page or a part of one. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
  Vary: "Origin",
};

const JSON_CONTENT = "application/json; charset=utf-8";

/** On every refusal of ours. */
export const JSON_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  "Content-Type": JSON_CONTENT,
};

/** The same as names and values in turn, which Node.js writes without a copy. */
const HEADER_LIST: readonly string[] = Object.entries(SECURITY_HEADERS).flat();

/** All headers of an answer with a body of so many bytes. */
export function answerHeaders(bytes: number, contentType = JSON_CONTENT): string[] {
  return HEADER_LIST.concat("Content-Type", contentType, "Content-Length", String(bytes));
}

/** Lets an allowed origin's page read the response; no credentials, since there are no cookies. */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After" };
}

export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST",
  "Access-Control-Allow-Headers": "Authorization, Content-Type",
  "Access-Control-Max-Age": "600",
};

/**
 * A field's only value; `null` where it is missing, `"doubled"` where it stands more than once. Node.js's own `headers`
 * keep the first Host and drop the second, so that a proxy and this server could each believe another one.
 * @param rawHeaders names and values in turn, as received
 * @param name in lower case
 */
export function onlyValue(
  rawHeaders: readonly string[],
  name: string,
): { readonly value: string } | "doubled" | null {
  let found: { readonly value: string } | null = null;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const field = rawHeaders[at] ?? "";
    if (field.length !== name.length || field.toLowerCase() !== name) continue;
    if (found) return "doubled";
    found = { value: rawHeaders[at + 1] ?? "" };
  }
  return found;
}

const OWN_NAMES = ["127.0.0.1", "localhost", "[::1]"];
/** The port that clients leave out of Host and of addresses (RFC 9110 §4.2.1). */
const HTTP_PORT = 80;

/** The Host values that name this server. A page that rebinds its own name to 127.0.0.1 sends that name. */
export function isOwnHost(host: string, port: number): boolean {
  return OWN_NAMES.some((name) => host === `${name}:${port}` || (port === HTTP_PORT && host === name));
}

/** Whether an origin is on the list, letter by letter. "null" names any sandboxed page, so no list can allow it. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return origin !== "null" && allowed.includes(origin);
}

/** Whether a browser says that a page of another site, or of another port, asks for this (Fetch Metadata). */
export function isForeignFetch(rawHeaders: readonly string[]): boolean {
  const site = onlyValue(rawHeaders, "sec-fetch-site");
  return site !== null && (site === "doubled" || (site.value !== "none" && site.value !== "same-origin"));
}

/** The token of an Authorization field (RFC 6750); `null` for any other scheme, form or size. */
export function bearerToken(authorization: string): string | null {
  if (authorization.length > MAX_TOKEN_LENGTH + "Bearer ".length) return null;
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1] ?? null;
}

export interface Target {
  readonly path: string;
  readonly query: Query;
}

/** What is asked of a query, so that requests without one can share one. */
export type Query = Pick<URLSearchParams, "get" | "keys"> & Iterable<[string, string]>;

const NO_QUERY: Query = new URLSearchParams();

/** The parts of a request's target in origin form; `null` for any other form ("http://…", "*", "host:port"). */
export function parseTarget(target: string | undefined): Target | null {
  if (!target?.startsWith("/") || target.startsWith("//")) return null;
  const mark = target.indexOf("?");
  if (mark < 0) return { path: target, query: NO_QUERY };
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
