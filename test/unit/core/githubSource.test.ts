import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import type { GithubAccess } from "../../../src/core/sources/githubAccess.js";
import { GithubApi } from "../../../src/core/sources/githubApi.js";
import { GithubSource } from "../../../src/core/sources/githubSource.js";
import { GithubServer } from "../../support/githubServer.js";
import { GitRepository } from "../../support/gitRepository.js";
import { ManualClock } from "../../support/manualClock.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TOKEN = "gho_secretOfTheUser";
const SHAPE = { label: "Commits", format: "number", unit: null, icon: null } as const;

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

describe("commits on GitHub", () => {
  let clock: ManualClock;
  let github: GithubServer;
  let repository: GitRepository;
  let user: User;
  let api: GithubApi;
  let changes: number;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse("2025-11-08T17:40:38.500Z"));
    github = await GithubServer.start();
    github.resetsAt = Math.floor(clock.now() / 1_000) + 3_600;
    repository = new GitRepository();
    repository.git("remote", "add", "origin", `${github.url.replace("http:", "https:")}/acme/widgets.git`);
    user = new User(github.url);
    changes = 0;
    api = new GithubApi(user, clock, () => changes++);
  });
  afterEach(async () => {
    api.dispose();
    repository.dispose();
    await github.stop();
  });

  const source = (sinceMs = 24 * HOUR, remote = "origin") =>
    new GithubSource({ id: "commits", root: repository.path, remote, sinceMs, shape: SHAPE }, api);
  const ago = (ms: number) => clock.now() - ms;
  const stateOf = async (counted: GithubSource) => (await counted.collect()).state;
  const countOf = async (counted: GithubSource) => {
    const { status, error, reading } = await stateOf(counted);
    assert.equal(error, null);
    assert.equal(status, "available");
    return reading?.metrics.commits?.value;
  };
  const errorOf = async (counted: GithubSource) => {
    const error = (await stateOf(counted)).error ?? "";
    assert.match(error, /^GitHub: /);
    assert.ok(!error.includes(TOKEN));
    return error;
  };

  it("are those of the exact time, though GitHub is asked from the hour before on", async () => {
    github.push(ago(0), ago(24 * HOUR - SECOND), ago(24 * HOUR + 2 * SECOND), ago(25 * HOUR));
    const counted = source();
    assert.equal(await countOf(counted), 2);
    assert.deepEqual(
      github.asked.map(({ url }) => url),
      ["/repos/acme/widgets/commits?since=2025-11-07T17:00:00Z&per_page=100"],
    );
    clock.advance(2 * SECOND);
    assert.equal(await countOf(counted), 1);
    assert.equal(github.asked.length, 1);
  });

  it("are asked for once a minute at most, and not sent twice", async () => {
    github.push(ago(HOUR));
    const counted = source();
    assert.equal(await countOf(counted), 1);
    github.push(ago(0));
    clock.advance(MINUTE - 1);
    assert.equal(await countOf(counted), 1);
    assert.equal(github.asked.length, 1);
    clock.advance(1);
    assert.equal(await countOf(counted), 2);
    clock.advance(MINUTE);
    assert.equal(await countOf(counted), 2);
    const [first, second, third] = github.asked.map(({ etag }) => etag);
    assert.equal(first, undefined);
    assert.ok(second && third && second !== third);
    assert.equal(github.remaining, 5_000 - 3);
  });

  it("cost nothing while they stay the same and somebody is signed in", async () => {
    github.token = TOKEN;
    user.signIn(TOKEN);
    github.push(...Array.from({ length: 250 }, (_, index) => ago(index * SECOND)));
    const counted = source();
    assert.equal(await countOf(counted), 250);
    assert.equal(github.asked.length, 3);
    for (let minutes = 1; minutes <= 15; minutes++) {
      clock.advance(MINUTE);
      assert.equal(await countOf(counted), 250);
    }
    assert.equal(github.asked.length, 3 + 15);
    assert.equal(github.remaining, 5_000 - 3);
    assert.ok(github.asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`));
  });

  it("are exact from hour to hour", async () => {
    const counted = source(2 * HOUR);
    for (let minutes = 0; minutes < 6 * 60; minutes += 10) {
      github.push(clock.now());
      assert.equal(await countOf(counted), Math.min(minutes / 10 + 1, 13), `after ${minutes} minutes`);
      clock.advance(10 * MINUTE);
    }
    assert.equal(new Set(github.asked.map(({ url }) => url)).size, 7);
  });

  it("are counted once where a push moves them to the next page meanwhile", async () => {
    github.push(...Array.from({ length: 150 }, (_, index) => ago(HOUR + index * SECOND)));
    const counted = source();
    const { asked } = github;
    const push = asked.push.bind(asked);
    asked.push = (...requests) => {
      if (asked.length === 1) github.push(ago(0));
      return push(...requests);
    };
    assert.equal(await countOf(counted), 150);
    clock.advance(MINUTE);
    assert.equal(await countOf(counted), 151);
  });

  it("are refused where they are more than 2,000, after one request", async () => {
    github.push(...Array.from({ length: 2_000 }, (_, index) => ago(index * SECOND)));
    const counted = source();
    assert.equal(await countOf(counted), 2_000);
    github.push(ago(0));
    clock.advance(MINUTE);
    assert.match(await errorOf(counted), /acme\/widgets has more than 2,000 commits .* shorter "since"/);
    assert.equal(github.asked.length, 21);
    const state = await stateOf(counted);
    assert.equal(state.status, "stale");
    assert.equal(state.reading?.metrics.commits?.value, 2_000);
  });

  it("are 0 in a repository that has none", async () => {
    assert.equal(await countOf(source()), 0);
    github.instead = (_, res) => res.writeHead(409).end('{"message":"Git Repository is empty."}');
    assert.equal(await countOf(source(HOUR)), 0);
  });

  it("wait as long as GitHub's quota says, for all metrics, and keep their value", async () => {
    github.push(ago(0));
    github.remaining = 2;
    github.resetsAt = Math.ceil(clock.now() / 1_000) + 600;
    const [day, week] = [source(), source(7 * 24 * HOUR)];
    assert.equal(await countOf(day), 1);
    assert.equal(await countOf(week), 1);
    clock.advance(9 * MINUTE);
    assert.equal(await countOf(day), 1, "the few that are left are spread");
    assert.equal(github.asked.length, 2);
    const other = source(HOUR);
    assert.match(
      await errorOf(other),
      /no more requests until 2025-11-08T17:50:39.000Z .*Signed in, .* Sign in\./,
    );
    const third = source(2 * HOUR);
    assert.match(await errorOf(third), /no more requests until/);
    assert.equal(github.asked.length, 3);
    clock.advance(MINUTE + SECOND);
    github.remaining = 60;
    github.resetsAt += 3_600;
    for (const counted of [day, week, other, third]) assert.equal(await countOf(counted), 1);
  });

  it("spread half of the requests that are left over the time until there are new ones", async () => {
    github.remaining = 61;
    github.resetsAt = Math.floor(clock.now() / 1_000) + 3_600;
    const counted = source();
    await countOf(counted);
    clock.advance(MINUTE);
    await countOf(counted);
    assert.equal(github.asked.length, 1);
    clock.advance(MINUTE);
    await countOf(counted);
    assert.equal(github.asked.length, 2);
  });

  it("come back after a secondary limit when it says, and later and later where it says nothing", async () => {
    github.push(ago(0));
    const counted = source();
    await countOf(counted);
    github.instead = (_, res) => res.writeHead(403, { "Retry-After": "300" }).end("{}");
    clock.advance(MINUTE);
    assert.match(await errorOf(counted), /HTTP 403/);
    const refuse = (status: number) => {
      github.instead = (_, res) => res.writeHead(status).end("{}");
    };
    refuse(429);
    clock.advance(5 * MINUTE - 1);
    await errorOf(counted);
    assert.equal(github.asked.length, 2);
    clock.advance(1);
    assert.match(await errorOf(counted), /HTTP 429/);
    refuse(403);
    clock.advance(2 * MINUTE);
    assert.match(await errorOf(counted), /refuses to show acme\/widgets \(HTTP 403\)/);
    clock.advance(4 * MINUTE - 1);
    await errorOf(counted);
    assert.equal(github.asked.length, 4);
    github.instead = null;
    clock.advance(1);
    assert.equal(await countOf(counted), 1);
  });

  it("of a private repository need a sign-in, after which they are asked for at once", async () => {
    github.private = true;
    github.token = TOKEN;
    github.push(ago(0));
    const counted = source();
    assert.match(await errorOf(counted), /acme\/widgets is private or not there \(HTTP 404\)\. Sign in\.$/);
    await errorOf(counted);
    assert.equal(github.asked.length, 1);
    user.signIn(TOKEN);
    assert.equal(changes, 1);
    assert.equal(await countOf(counted), 1);
    user.signIn(null);
    assert.match(await errorOf(counted), /Sign in/);
    assert.equal((await stateOf(counted)).status, "stale");
    user.signIn("gho_expired");
    assert.match(await errorOf(counted), /no longer takes this sign-in \(HTTP 401\)/);
    user.signIn(TOKEN);
    github.private = false;
    repository.git("remote", "set-url", "origin", `${github.url}/acme/others`);
    assert.match(await errorOf(counted), /no acme\/others on GitHub, or your account may not see it/);
  });

  it("are not kept from who signs in by the limit of who did not", async () => {
    github.remaining = 0;
    github.resetsAt = Math.ceil(clock.now() / 1_000) + 600;
    github.token = TOKEN;
    const counted = source();
    assert.match(await errorOf(counted), /no more requests/);
    github.remaining = 5_000;
    user.signIn(TOKEN);
    assert.equal(await countOf(counted), 0);
  });

  it("name single sign-on where an organization wants it", async () => {
    github.instead = (_, res) =>
      res.writeHead(403, { "X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso" }).end("{}");
    assert.match(await errorOf(source()), /wants single sign-on/);
  });

  it("send the token to the API's own address alone", async () => {
    user.signIn(TOKEN);
    const other = await GithubServer.start();
    try {
      const elsewhere = `${other.url}/repositories/1/commits`;
      const answers: Record<string, [RequestListener, RegExp]> = {
        "another port": [(_, res) => res.writeHead(302, { Location: elsewhere }).end(), /another host/],
        "another name": [
          (_, res) => res.writeHead(301, { Location: elsewhere.replace("127.0.0.1", "localhost") }).end(),
          /another host/,
        ],
        "https on another port": [
          (_, res) => res.writeHead(307, { Location: elsewhere.replace("http:", "https:") }).end(),
          /could not be reached/,
        ],
        "the next page": [
          (_, res) => res.writeHead(200, { Link: `<${elsewhere}?page=2>; rel="next"` }).end("[]"),
          /another server/,
        ],
        "a broken link": [
          (_, res) => res.writeHead(200, { Link: '<//>; rel="next"' }).end("[]"),
          /another server/,
        ],
      };
      for (const [name, [listener, reason]] of Object.entries(answers)) {
        github.instead = listener;
        assert.match(await errorOf(source()), reason, name);
      }
      assert.deepEqual(other.asked, []);
    } finally {
      await other.stop();
    }
  });

  it("are found where the repository was moved to, on the same server", async () => {
    github.push(ago(0));
    const { url } = github;
    repository.git("remote", "set-url", "origin", `${url}/acme/old-name`);
    github.instead = ({ url: path = "" }, res) => {
      github.instead = null;
      res.writeHead(301, { Location: path.replace("repos/acme/old-name", "repositories/1") }).end("{}");
    };
    user.signIn(TOKEN);
    github.token = TOKEN;
    assert.equal(await countOf(source()), 1);
    assert.deepEqual(
      github.asked.map(({ authorization }) => authorization),
      [`Bearer ${TOKEN}`, `Bearer ${TOKEN}`],
    );
  });

  it("are not sent on to another server than the page before, whoever the token is then for", async () => {
    const other = await GithubServer.start();
    try {
      github.push(...Array.from({ length: 101 }, (_, index) => ago(index * SECOND)));
      const { asked } = github;
      const push = asked.push.bind(asked);
      asked.push = (...requests) => {
        user.apiUrl = other.url;
        user.signIn(TOKEN);
        return push(...requests);
      };
      assert.match(await errorOf(source()), /another server/);
      assert.deepEqual(
        asked.map(({ authorization }) => authorization),
        [undefined],
      );
    } finally {
      await other.stop();
    }
  });

  it("say what is wrong with an answer", async () => {
    const commit = (sha: unknown, date: unknown) =>
      JSON.stringify([{ sha, commit: { committer: { date } } }]);
    const sha = "a".repeat(40);
    const notCommits = [
      "{}",
      "null",
      "[null]",
      "[[]]",
      '[{"sha":"x"}]',
      commit("x", "2025-11-08T17:00:00Z"),
      commit(sha, "yesterday"),
      commit(sha, "2025-13-08T17:00:00Z"),
      commit(sha, 5),
      commit(sha, null),
      `[${Array(101).fill("1").join()}]`,
    ];
    for (const body of notCommits) {
      github.instead = (_, res) => res.end(body);
      assert.match(await errorOf(source()), /not a list of commits/, body);
    }
    const others: [RequestListener, RegExp][] = [
      [(_, res) => res.end(`[${" ".repeat(5 * 1_024 * 1_024)}]`), /larger than 4 MB/],
      [(_, res) => res.writeHead(200, { "Content-Type": "text/html" }).end("<html>"), /web page/],
      [(_, res) => res.writeHead(500).end("{}"), /HTTP 500/],
      [(_, res) => res.end("["), /not valid JSON/],
      [(_, res) => void res.destroy(), /could not be reached/],
    ];
    for (const [listener, reason] of others) {
      github.instead = listener;
      assert.match(await errorOf(source()), reason);
    }
  });

  it("wait 10 seconds for an answer and no longer", async () => {
    github.instead = () => undefined;
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 50);
    try {
      assert.match(await errorOf(source()), /did not answer within 10 seconds/);
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  it("are asked for one after the other", async () => {
    let under = 0;
    let most = 0;
    github.instead = (_, res) => {
      most = Math.max(most, ++under);
      setImmediate(() => {
        under--;
        res.end("[]");
      });
    };
    await Promise.all([1, 2, 3, 4].map((hours) => countOf(source(hours * HOUR))));
    assert.equal(github.asked.length, 4);
    assert.equal(most, 1);
  });

  it("end with the folder", async () => {
    github.instead = () => api.dispose();
    assert.match(await errorOf(source()), /no longer followed/);
    assert.match(await errorOf(source()), /no longer followed/);
    assert.equal(github.asked.length, 1);
    assert.equal(user.heard, 0);
  });

  it("are read again where the machine's time was set back further than they reach", async () => {
    github.push(ago(HOUR), ago(3 * HOUR + MINUTE));
    const counted = source(HOUR + MINUTE);
    assert.equal(await countOf(counted), 1);
    clock.jump(-2 * HOUR);
    assert.equal(await countOf(counted), 2, "those of the time to come count, as git counts them");
    assert.equal(github.asked.length, 2);
  });

  it("follow the remote to another address, and forget what came from the one before", async () => {
    github.push(ago(0));
    const counted = source();
    assert.equal(await countOf(counted), 1);
    repository.git("remote", "set-url", "origin", "git@127.0.0.1:acme/gadgets.git");
    assert.match(await errorOf(counted), /acme\/gadgets is private or not there/);
    repository.git("remote", "set-url", "origin", "ssh://git@127.0.0.1:22/acme/widgets");
    assert.equal(await countOf(counted), 1);
    assert.equal(github.asked.length, 3);
  });

  it("say that the remote is none of GitHub's, without its address", async () => {
    const secret = "https://me:hunter2@gitlab.example/acme/widgets.git";
    repository.git("remote", "add", "lab", secret);
    const error = await errorOf(source(HOUR, "lab"));
    assert.match(error, /the remote is on gitlab\.example, but GitHub's API at 127\.0\.0\.1:\d+ is asked/);
    assert.ok(!error.includes("hunter2"));
    repository.git("remote", "add", "local", "../widgets");
    assert.match(await errorOf(source(HOUR, "local")), /not on a server/);
    assert.match(await errorOf(source(HOUR, "none")), /no remote "none"/);
    assert.match(await errorOf(source(HOUR, "--all")), /no remote "--all"/);
    assert.deepEqual(github.asked, []);
  });

  it("say that the folder is in no repository, and that the API's address is wrong", async () => {
    const folder = new GitRepository(false);
    try {
      const metric = { id: "commits", root: folder.path, remote: "origin", sinceMs: HOUR, shape: SHAPE };
      assert.match(await errorOf(new GithubSource(metric, api)), /in no git repository/);
    } finally {
      folder.dispose();
    }
    user.apiUrl = "http://github.example.com/api/v3";
    assert.match(await errorOf(source()), /Use https/);
    user.apiUrl = "github";
    assert.match(await errorOf(source()), /not an address/);
  });

  it("are asked for below the path of an enterprise server's API", async () => {
    user.apiUrl = `${github.url}/api/v3/`;
    github.instead = (_, res) => res.end("[]");
    assert.equal(await countOf(source()), 0);
    assert.match(github.asked[0]?.url ?? "", /^\/api\/v3\/repos\/acme\/widgets\/commits\?/);
  });
});
