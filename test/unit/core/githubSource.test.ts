import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { useGithub } from "../../support/githubCommits.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("commits on GitHub", () => {
  const given = useGithub();

  it("are those of the exact time, though GitHub is asked from the hour before on", async () => {
    given.github.push(
      given.ago(0),
      given.ago(24 * HOUR - SECOND),
      given.ago(24 * HOUR + 2 * SECOND),
      given.ago(25 * HOUR),
    );
    const counted = given.source();
    assert.equal(await given.countOf(counted), 2);
    assert.deepEqual(
      given.github.asked.map(({ url }) => url),
      ["/repos/acme/widgets/commits?since=2025-11-07T17:00:00Z&per_page=100"],
    );
    given.clock.advance(2 * SECOND);
    assert.equal(await given.countOf(counted), 1);
    assert.equal(given.github.asked.length, 1);
  });

  it("are exact from hour to hour", async () => {
    const counted = given.source(2 * HOUR);
    for (let minutes = 0; minutes < 6 * 60; minutes += 10) {
      given.github.push(given.clock.now());
      assert.equal(await given.countOf(counted), Math.min(minutes / 10 + 1, 13), `after ${minutes} minutes`);
      given.clock.advance(10 * MINUTE);
    }
    assert.equal(new Set(given.github.asked.map(({ url }) => url)).size, 7);
  });

  it("are counted once where a push moves them to the next page meanwhile", async () => {
    given.github.push(...Array.from({ length: 150 }, (_, index) => given.ago(HOUR + index * SECOND)));
    const counted = given.source();
    const { asked } = given.github;
    const push = asked.push.bind(asked);
    asked.push = (...requests) => {
      if (asked.length === 1) given.github.push(given.ago(0));
      return push(...requests);
    };
    assert.equal(await given.countOf(counted), 150);
    given.clock.advance(MINUTE);
    assert.equal(await given.countOf(counted), 151);
  });

  it("are refused where they are more than 2,000, after one request", async () => {
    given.github.push(...Array.from({ length: 2_000 }, (_, index) => given.ago(index * SECOND)));
    const counted = given.source();
    assert.equal(await given.countOf(counted), 2_000);
    given.github.push(given.ago(0));
    given.clock.advance(MINUTE);
    assert.match(
      await given.errorOf(counted),
      /acme\/widgets has more than 2,000 commits .* shorter "since"/,
    );
    assert.equal(given.github.asked.length, 21);
    const state = await given.stateOf(counted);
    assert.equal(state.status, "stale");
    assert.equal(state.reading?.metrics.commits?.value, 2_000);
  });

  it("are 0 in a repository that has none", async () => {
    assert.equal(await given.countOf(given.source()), 0);
    given.github.instead = (_, res) => res.writeHead(409).end('{"message":"Git Repository is empty."}');
    assert.equal(await given.countOf(given.source(HOUR)), 0);
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
      given.github.instead = (_, res) => res.end(body);
      assert.match(await given.errorOf(given.source()), /not a list of commits/, body);
    }
    const others: [RequestListener, RegExp][] = [
      [(_, res) => res.end(`[${" ".repeat(5 * 1_024 * 1_024)}]`), /larger than 4 MB/],
      [(_, res) => res.writeHead(200, { "Content-Type": "text/html" }).end("<html>"), /web page/],
      [(_, res) => res.writeHead(500).end("{}"), /HTTP 500/],
      [(_, res) => res.end("["), /not valid JSON/],
      [(_, res) => void res.destroy(), /could not be reached/],
    ];
    for (const [listener, reason] of others) {
      given.github.instead = listener;
      assert.match(await given.errorOf(given.source()), reason);
    }
  });

  it("wait 10 seconds for an answer and no longer", async () => {
    given.github.instead = () => undefined;
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 50);
    try {
      assert.match(await given.errorOf(given.source()), /did not answer within 10 seconds/);
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  it("end with the folder", async () => {
    given.github.instead = () => given.api.dispose();
    assert.match(await given.errorOf(given.source()), /no longer followed/);
    assert.match(await given.errorOf(given.source()), /no longer followed/);
    assert.equal(given.github.asked.length, 1);
    assert.equal(given.user.heard, 0);
  });

  it("are read again where the machine's time was set back further than they reach", async () => {
    given.github.push(given.ago(HOUR), given.ago(3 * HOUR + MINUTE));
    const counted = given.source(HOUR + MINUTE);
    assert.equal(await given.countOf(counted), 1);
    given.clock.jump(-2 * HOUR);
    assert.equal(await given.countOf(counted), 2, "those of the time to come count, as git counts them");
    assert.equal(given.github.asked.length, 2);
  });
});
