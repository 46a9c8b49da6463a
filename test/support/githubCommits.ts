import assert from "node:assert/strict";
import type { GithubAccess } from "../../src/core/sources/githubAccess.js";
import { GithubApi } from "../../src/core/sources/githubApi.js";
import { GithubSource } from "../../src/core/sources/githubSource.js";
import { GithubServer } from "./githubServer.js";
import { GitRepository } from "./gitRepository.js";
import { ManualClock } from "./manualClock.js";

const DAY_MS = 24 * 3_600_000;

export const TOKEN = "gho_secretOfTheUser";

/** Somebody who signs in and out. */
class User implements GithubAccess {
  readonly signInAdvice = "Sign in.";
  signedInWith: string | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(public apiUrl: string) {}

  async token(): Promise<string | null> {
    return this.signedInWith;
  }

  onChange(listener: () => void) {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  signIn(token: string | null): void {
    this.signedInWith = token;
    for (const listener of this.listeners) listener();
  }

  get heard(): number {
    return this.listeners.size;
  }
}

/** A repository whose remote is at a GitHub of our own, and who asks there for its commits. */
class GithubCommits {
  clock!: ManualClock;
  github!: GithubServer;
  repository!: GitRepository;
  user!: User;
  api!: GithubApi;
  /** How often the API said that there may be other commits. */
  changes = 0;

  async begin(): Promise<void> {
    this.clock = new ManualClock(Date.parse("2025-11-08T17:40:38.500Z"));
    this.github = await GithubServer.start();
    this.github.resetsAt = Math.floor(this.clock.now() / 1_000) + 3_600;
    this.repository = new GitRepository();
    const remote = `${this.github.url.replace("http:", "https:")}/acme/widgets.git`;
    this.repository.git("remote", "add", "origin", remote);
    this.user = new User(this.github.url);
    this.changes = 0;
    this.api = new GithubApi(this.user, this.clock, () => this.changes++);
  }

  async end(): Promise<void> {
    this.api.dispose();
    this.repository.dispose();
    await this.github.stop();
  }

  source(sinceMs = DAY_MS, remote = "origin", root = this.repository.path): GithubSource {
    const shape = { label: "Commits", format: "number", unit: null, icon: null } as const;
    return new GithubSource({ id: "commits", root, remote, sinceMs, shape }, this.api);
  }

  /** @param ms before now, by the clock */
  ago(ms: number): number {
    return this.clock.now() - ms;
  }

  async stateOf(counted: GithubSource) {
    return (await counted.collect()).state;
  }

  async countOf(counted: GithubSource) {
    const { status, error, reading } = await this.stateOf(counted);
    assert.equal(error, null);
    assert.equal(status, "available");
    return reading?.metrics.commits?.value;
  }

  async errorOf(counted: GithubSource): Promise<string> {
    const error = (await this.stateOf(counted)).error ?? "";
    assert.match(error, /^GitHub: /);
    assert.ok(!error.includes(TOKEN));
    return error;
  }
}

/** Gives every test of a suite a repository and a GitHub of its own. */
export function useGithub(): GithubCommits {
  const given = new GithubCommits();
  beforeEach(() => given.begin());
  afterEach(() => given.end());
  return given;
}
