import type { GithubApi } from "./githubApi.js";
import { EmptyRepositoryError } from "./githubRefusal.js";
import type { GithubRepository } from "./githubRepository.js";
import { isJsonObject } from "./jsonFields.js";
import type { RequestQuota } from "./rateLimit.js";
import { SourceError } from "./sourceError.js";

/** The commits of a repository's default branch since a time. */
export interface GithubCommits {
  /** Epoch milliseconds. */
  readonly since: number;
  /** When each commit was committed, by its id; epoch milliseconds. */
  readonly times: ReadonlyMap<string, number>;
  /** Of the first page; `null` where GitHub gave none. */
  readonly etag: string | null;
}

export interface CommitsAnswer {
  readonly commits: GithubCommits;
  /** How many requests it took. */
  readonly requests: number;
  /** What is left after them; `null` where GitHub does not say. */
  readonly quota: RequestQuota | null;
}

/** The most that GitHub gives at once. */
const PAGE_SIZE = 100;
/** More are not asked for: each is a request of the few that an hour has. */
const MAX_PAGES = 20;
/** The address has to stay the same for a while, or else its ETag would be of no use. */
const ANCHOR_MS = 60 * 60 * 1_000;

/**
 * Reads the commits since a time, or since up to an hour before it.
 * @param since epoch milliseconds
 * @param held what the last reading of this repository gave
 * @throws SourceError where GitHub does not give them, or they are more than 2,000
 */
export async function readGithubCommits(
  api: GithubApi,
  { owner, name }: GithubRepository,
  since: number,
  held: GithubCommits | null,
): Promise<CommitsAnswer> {
  const anchor = Math.max(0, Math.floor(since / ANCHOR_MS) * ANCHOR_MS);
  const from = new Date(anchor).toISOString().replace(".000Z", "Z");
  const subject = `${owner}/${name}`;
  const first = `${api.address}/repos/${subject}/commits?since=${from}&per_page=${PAGE_SIZE}`;
  const etag = held?.since === anchor ? held.etag : null;
  const times = new Map<string, number>();
  let next: string | null = first;
  let requests = 0;
  let quota: RequestQuota | null = null;
  let freshEtag: string | null = null;
  try {
    while (next !== null) {
      const answer = await api.get(next, subject, requests === 0 ? etag : null);
      requests++;
      quota = answer.quota ?? quota;
      // A commit names all that came before it: while the newest are the same, so are the others.
      if (answer.status === "unchanged") return { commits: held as GithubCommits, requests, quota };
      if (requests === 1) freshEtag = answer.etag;
      for (const { id, time } of commitsOf(answer.value)) times.set(id, time);
      next = answer.next;
      if (next !== null && (requests === MAX_PAGES || (answer.lastPage ?? 0) > MAX_PAGES))
        throw tooMany(subject);
    }
  } catch (error) {
    if (!(error instanceof EmptyRepositoryError)) throw error;
    requests++;
  }
  return { commits: { since: anchor, times, etag: freshEtag }, requests, quota };
}

/** The id and time of each commit of a page. */
function commitsOf(page: unknown): { readonly id: string; readonly time: number }[] {
  if (!Array.isArray(page) || page.length > PAGE_SIZE) throw notCommits();
  return page.map((entry) => {
    const commit = field(entry, "commit");
    const date = field(field(commit, "committer"), "date");
    const id = field(entry, "sha");
    // Dates come as ISO 8601 in UTC, to the second.
    const time =
      typeof date === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(date) ? Date.parse(date) : Number.NaN;
    if (typeof id !== "string" || !/^[\da-f]{40,64}$/.test(id) || Number.isNaN(time)) throw notCommits();
    return { id, time };
  });
}

function field(value: unknown, name: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function notCommits(): SourceError {
  return new SourceError(
    "the answer is not a list of commits. See that the address of the API is right.",
    null,
    true,
  );
}

function tooMany(subject: string): SourceError {
  const limit = (MAX_PAGES * PAGE_SIZE).toLocaleString("en-US");
  return new SourceError(
    `${subject} has more than ${limit} commits in this time, which are not counted. Choose a shorter "since".`,
    null,
    true,
  );
}
