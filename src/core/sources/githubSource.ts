import type { GithubApi } from "./githubApi.js";
import { type CommitsAnswer, type GithubCommits, readGithubCommits } from "./githubCommits.js";
import { GithubRefusal } from "./githubRefusal.js";
import { type GithubRepository, githubRepository } from "./githubRepository.js";
import { remoteAddress } from "./gitRemote.js";
import { MIN_INTERVAL_MS } from "./httpJson.js";
import { MeasuredSource } from "./measuredSource.js";
import { RateLimitError } from "./rateLimit.js";
import type { MetricShape, Source, SourceResult } from "./source.js";

export interface GithubMetric {
  readonly id: string;
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Name of the remote. */
  readonly remote: string;
  readonly sinceMs: number;
  readonly shape: MetricShape;
  /** The number is multiplied by this; by 1 where left out. */
  readonly scale?: number;
}

/** What tells of another address for a remote, and of commits that came from it; relative to the repository's folder. */
export const GITHUB_FILES = [".git/config", ".git/FETCH_HEAD"];

/** Who is refused time and again comes less and less often, but still this often (ms). */
const MAX_BACK_OFF_MS = 15 * 60 * 1_000;

/** Counts the commits of the last while on the default branch of a remote, as GitHub has them. */
export class GithubSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional = false;
  private readonly measured: MeasuredSource;
  private asked = "";
  private held: GithubCommits | null = null;
  private refused: { readonly error: unknown } | null = null;
  private refusals = 0;
  /** On the clock that does not jump (ms). */
  private askAgainAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly metric: GithubMetric,
    private readonly api: GithubApi,
  ) {
    const { id, shape, scale = 1 } = metric;
    this.measured = new MeasuredSource({
      id,
      shape,
      scale,
      name: "GitHub",
      optional: false,
      measure: () => this.measure(),
    });
    this.metrics = this.measured.metrics;
  }

  collect(): Promise<SourceResult> {
    return this.measured.collect();
  }

  private async measure() {
    const { root, remote, sinceMs } = this.metric;
    const api = new URL(this.api.address);
    const repository = githubRepository(await remoteAddress(root, remote), api);
    // As git counts, in whole seconds.
    const since = Math.max(0, Math.floor((this.api.clock.now() - sinceMs) / 1_000) * 1_000);
    const held = await this.commits(repository, since);
    const value = [...held.times.values()].filter((time) => time >= since).length;
    return { value, place: null };
  }

  /** What is held, asked for anew where that is old enough; a refusal holds as long as it says. */
  private async commits(repository: GithubRepository, since: number): Promise<GithubCommits> {
    this.forgetOthers(repository);
    if (this.api.clock.monotonic() < this.askAgainAt) {
      if (this.refused) throw this.refused.error;
      // Where the machine's time was set back, what is held may not reach as far.
      if (this.held && this.held.since <= since) return this.held;
    }
    try {
      const answer = await readGithubCommits(this.api, repository, since, this.held);
      this.held = answer.commits;
      this.refused = null;
      this.refusals = 0;
      this.waitFor(politeInterval(answer));
      return answer.commits;
    } catch (error) {
      this.refused = { error };
      this.waitFor(this.waitAfter(error));
      throw error;
    }
  }

  /** What is known of another repository, or was told to another user, does not count. */
  private forgetOthers({ owner, name }: GithubRepository): void {
    const repository = `${this.api.address} ${owner}/${name}`;
    const asked = `${repository} ${this.api.generation}`;
    if (asked === this.asked) return;
    if (!this.asked.startsWith(`${repository} `)) this.held = null;
    this.asked = asked;
    this.refused = null;
    this.refusals = 0;
    this.askAgainAt = Number.NEGATIVE_INFINITY;
  }

  /** @param ms from now */
  private waitFor(ms: number): void {
    this.askAgainAt = this.api.clock.monotonic() + ms;
  }

  private waitAfter(error: unknown): number {
    const limited = error instanceof RateLimitError;
    if (!limited && !(error instanceof GithubRefusal)) return MIN_INTERVAL_MS;
    const backOff = Math.min(MIN_INTERVAL_MS * 2 ** this.refusals++, MAX_BACK_OFF_MS);
    return limited ? Math.max(error.retryAt - this.api.clock.now(), backOff) : backOff;
  }
}

/** So long (ms) that half of the requests that are left last until there are new ones; the others are for other programs. */
function politeInterval({ requests, quota }: CommitsAnswer): number {
  if (quota === null) return MIN_INTERVAL_MS;
  const { remaining, resetsInMs } = quota;
  const needed = Math.min(1, (2 * requests) / Math.max(1, remaining));
  return Math.max(MIN_INTERVAL_MS, needed * resetsInMs);
}
