import type { Clock } from "../clock.js";
import type { Disposable } from "../disposable.js";
import type { GithubAccess } from "./githubAccess.js";
import { githubRefusal } from "./githubRefusal.js";
import { httpAddress } from "./httpAddress.js";
import { type FetchedJson, fetchJson } from "./httpJson.js";
import { RateLimitError, type RequestQuota, rateLimitOf, requestQuotaOf } from "./rateLimit.js";
import { SourceError } from "./sourceError.js";

export type GithubAnswer = FetchedJson & {
  /** Address of the next page; `null` on the last one. */
  readonly next: string | null;
  /** Number of the last page, where there are several and the answer says so. */
  readonly lastPage: number | null;
  readonly quota: RequestQuota | null;
};

/** The version of the API that the answers are read by (https://docs.github.com/en/rest/about-the-rest-api/api-versions). */
const API_VERSION = "2022-11-28";
const MAX_ADDRESS_LENGTH = 2_000;

/**
 * GitHub's REST API as one folder's metrics ask it: one request after the other, as GitHub wishes, and none while it
 * wants to be left alone. The token goes to the API's own origin and into nothing else.
 */
export class GithubApi implements Disposable {
  private readonly ending = new AbortController();
  private readonly subscription: Disposable;
  private last: Promise<unknown> = Promise.resolve();
  /** The wish to be left alone, and until when, on the clock that does not jump (ms). */
  private limit: { readonly error: RateLimitError; readonly until: number } | null = null;
  private changes = 0;

  /** @param onChange called when the answers may now be others: somebody signed in or out, or the address changed */
  constructor(
    private readonly access: GithubAccess,
    readonly clock: Clock,
    onChange: () => void,
  ) {
    this.subscription = access.onChange(() => {
      this.changes++;
      this.limit = null;
      onChange();
    });
  }

  /** Grows when somebody signs in or out, and when the address changes. */
  get generation(): number {
    return this.changes;
  }

  /**
   * The API's address, without a slash at its end.
   * @throws SourceError where it may not be asked
   */
  get address(): string {
    const { origin, pathname } = httpAddress(this.access.apiUrl);
    return `${origin}${pathname.replace(/\/+$/, "")}`;
  }

  /**
   * Asks for one page, after those asked for before.
   * @param address absolute, at the API's origin
   * @param subject what is asked about, in words for a message
   * @param etag of the answer held already
   * @throws SourceError that says what to do; RateLimitError where GitHub says when to come again
   */
  get(address: string, subject: string, etag: string | null = null): Promise<GithubAnswer> {
    const answer = this.last.then(() => this.ask(address, subject, etag));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  dispose(): void {
    this.subscription.dispose();
    this.ending.abort(new SourceError("the folder is no longer followed."));
  }

  private async ask(address: string, subject: string, etag: string | null): Promise<GithubAnswer> {
    const { access, clock, limit, changes } = this;
    const { signal } = this.ending;
    signal.throwIfAborted();
    if (limit !== null && clock.monotonic() < limit.until) throw limit.error;
    const token = await access.token();
    // The address may have changed since the page before, and with it who the token is for.
    if (originOf(address) !== originOf(this.address)) throw elsewhere();
    const links = { next: null as string | null, lastPage: null as number | null };
    let quota: RequestQuota | null = null;
    const inspect = (answer: Response) => {
      const now = clock.now();
      quota = requestQuotaOf(answer, now);
      const wait = rateLimitOf(answer, now);
      if (wait !== null) throw token === null ? withAdvice(wait, access.signInAdvice) : wait;
      const refusal = githubRefusal(answer, subject, token === null ? access.signInAdvice : null);
      if (refusal !== null) throw refusal;
      Object.assign(links, this.linksOf(answer));
    };
    const headers = {
      Accept: "application/vnd.github+json",
      "X-GitHub-Api-Version": API_VERSION,
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    };
    try {
      const answer = await fetchJson(address, { etag, headers, inspect, signal });
      return { ...answer, ...links, quota };
    } catch (error) {
      // A limit is that of the one who asked, who may be another one by now.
      if (error instanceof RateLimitError && changes === this.changes) {
        this.limit = { error, until: clock.monotonic() + error.retryAt - clock.now() };
      }
      throw error;
    }
  }

  /** Where the other pages are (RFC 8288). A link that leads away from the API is none to follow. */
  private linksOf({ headers }: Response): Pick<GithubAnswer, "next" | "lastPage"> {
    const links = headers.get("link") ?? "";
    const next = linkTo("next", links);
    if (next !== null && (next.length > MAX_ADDRESS_LENGTH || originOf(next) !== originOf(this.address))) {
      throw elsewhere();
    }
    const last = linkTo("last", links);
    const page = last === null || !URL.canParse(last) ? null : new URL(last).searchParams.get("page");
    return { next, lastPage: page !== null && /^\d{1,9}$/.test(page) ? Number(page) : null };
  }
}

function linkTo(relation: "next" | "last", links: string): string | null {
  for (const [, address, parameters] of links.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (parameters?.includes(`rel="${relation}"`)) return address ?? null;
  }
  return null;
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

function elsewhere(): SourceError {
  return new SourceError("the list of commits goes on at another server, which is not asked.", null, true);
}

function withAdvice({ reason, retryAt }: RateLimitError, advice: string): RateLimitError {
  return new RateLimitError(`${reason} Signed in, it allows more: ${advice}`, retryAt);
}
