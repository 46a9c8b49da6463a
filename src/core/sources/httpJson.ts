import { httpAddress, redirectAddress } from "./httpAddress.js";
import { parseJsonDocument } from "./jsonDocument.js";
import { rateLimitOf } from "./rateLimit.js";
import { SourceError } from "./sourceError.js";

/** Two requests to one address should be this far apart at least (ms). */
export const MIN_INTERVAL_MS = 60_000;

export interface FetchOptions {
  /** Of the answer held already: the same one is not sent again. */
  readonly etag?: string | null;
  /** Sent beside what is sent anyway, and to no other origin than the address's own, wherever it redirects to. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Looks at the answer before its body is read; what it throws is the reason why the body is not. */
  readonly inspect?: (answer: Response) => void;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

export type FetchedJson =
  | {
      readonly status: "fresh";
      readonly value: unknown;
      /** What the value was parsed from, in which every number is as it was sent. */
      readonly text: string;
      /** For the next request; `null` where the server gave none. */
      readonly etag: string | null;
    }
  | { readonly status: "unchanged" };

/** For the whole request (ms), from the first connection to the last byte. */
const TIMEOUT_MS = 10_000;
/** Of the body, unpacked. */
const MAX_BODY_BYTES = 4 * 1_024 * 1_024;
const MAX_REDIRECTS = 3;
const MAX_ETAG_LENGTH = 1_024;

/**
 * Asks an address for JSON: https, or http on this machine; redirects only within its host; 10 s; 4 MB; no cookies and
 * no credentials but those among the headers given. `unchanged` only comes where `etag` is given.
 * @param address absolute
 * @throws SourceError that says what is wrong; RateLimitError where the server says when to come again; the signal's
 *   reason once it aborts
 */
export async function fetchJson(
  address: string,
  { etag = null, headers = {}, inspect, signal }: FetchOptions = {},
): Promise<FetchedJson> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const ending = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const asked = etag === null ? headers : { ...headers, "If-None-Match": etag };
    const response = await follow(httpAddress(address), asked, ending);
    if (inspect) await inspected(response, inspect);
    if (response.status === 304 && etag !== null) {
      await response.body?.cancel();
      return { status: "unchanged" };
    }
    return { status: "fresh", ...(await jsonOf(response)), etag: etagOf(response) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceError) throw error;
    throw timeout.aborted
      ? new SourceError(`the server did not answer within ${TIMEOUT_MS / 1_000} seconds.`, null, true)
      : unreachable(error);
  }
}

/** The first answer that is no redirect. */
async function follow(
  first: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, {
      signal,
      redirect: "manual",
      credentials: "omit",
      headers: {
        Accept: "application/json",
        "User-Agent": "fusion-data-stream",
        ...(url.origin === first.origin && headers),
      },
    });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    if (redirects === MAX_REDIRECTS) throw new SourceError("the server redirects too often.", null, true);
    url = redirectAddress(url, response.headers.get("location"));
  }
}

async function inspected(response: Response, inspect: (answer: Response) => void): Promise<void> {
  try {
    inspect(response);
  } catch (error) {
    await response.body?.cancel();
    throw error;
  }
}

async function jsonOf(response: Response): Promise<{ value: unknown; text: string }> {
  const refusal = refusalOf(response);
  if (refusal !== null) {
    await response.body?.cancel();
    throw refusal;
  }
  const text = await bodyOf(response);
  if (text.trim() === "") throw new SourceError("the answer is empty.", null, true);
  try {
    const { value } = await parseJsonDocument(text);
    return { value, text };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new SourceError("the answer is not valid JSON, or is nested too deep.", error.line, true);
  }
}

/** Why an answer is not worth reading; `null` where it is. */
function refusalOf(response: Response): SourceError | null {
  const { status, ok, headers } = response;
  const limit = rateLimitOf(response, Date.now());
  if (limit !== null) return limit;
  if (!ok)
    return new SourceError(STATUS_REASONS[status] ?? `the server answered HTTP ${status}.`, null, true);
  if (/\bhtml\b/i.test(headers.get("content-type") ?? "")) {
    return new SourceError("the address gives a web page. Use the one that gives JSON.", null, true);
  }
  return null;
}

const STATUS_REASONS: Readonly<Record<number, string>> = {
  401: "the server wants to know who asks (HTTP 401). Use an address that is open to all.",
  403: "the server refuses the request (HTTP 403). Use an address that is open to all.",
  404: "there is nothing at this address (HTTP 404). Check its spelling.",
};

/** The body's text, read no further than it may be long. */
async function bodyOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  // To leave the loop early closes the connection.
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) {
      throw new SourceError(`the answer is larger than ${MAX_BODY_BYTES / 1_024 / 1_024} MB.`, null, true);
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SourceError("the answer is not UTF-8 text.", null, true);
  }
}

function etagOf({ headers }: Response): string | null {
  const etag = headers.get("etag");
  return etag !== null && etag.length <= MAX_ETAG_LENGTH && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(etag)
    ? etag
    : null;
}

function unreachable(error: unknown): SourceError {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
  return new SourceError(`the server could not be reached (${code}). It is tried again.`, null, true);
}
