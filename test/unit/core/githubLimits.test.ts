import assert from "node:assert/strict";
import { TOKEN, useGithub } from "../../support/githubCommits.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("requests for commits on GitHub", () => {
  const given = useGithub();

  it("are asked for once a minute at most, and not sent twice", async () => {
    given.github.push(given.ago(HOUR));
    const counted = given.source();
    assert.equal(await given.countOf(counted), 1);
    given.github.push(given.ago(0));
    given.clock.advance(MINUTE - 1);
    assert.equal(await given.countOf(counted), 1);
    assert.equal(given.github.asked.length, 1);
    given.clock.advance(1);
    assert.equal(await given.countOf(counted), 2);
    given.clock.advance(MINUTE);
    assert.equal(await given.countOf(counted), 2);
    const [first, second, third] = given.github.asked.map(({ etag }) => etag);
    assert.equal(first, undefined);
    assert.ok(second && third && second !== third);
    assert.equal(given.github.remaining, 5_000 - 3);
  });

  it("cost nothing while they stay the same and somebody is signed in", async () => {
    given.github.token = TOKEN;
    given.user.signIn(TOKEN);
    given.github.push(...Array.from({ length: 250 }, (_, index) => given.ago(index * SECOND)));
    const counted = given.source();
    assert.equal(await given.countOf(counted), 250);
    assert.equal(given.github.asked.length, 3);
    for (let minutes = 1; minutes <= 15; minutes++) {
      given.clock.advance(MINUTE);
      assert.equal(await given.countOf(counted), 250);
    }
    assert.equal(given.github.asked.length, 3 + 15);
    assert.equal(given.github.remaining, 5_000 - 3);
    assert.ok(given.github.asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`));
  });

  it("wait as long as GitHub's quota says, for all metrics, and keep their value", async () => {
    given.github.push(given.ago(0));
    given.github.remaining = 2;
    given.github.resetsAt = Math.ceil(given.clock.now() / 1_000) + 600;
    const [day, week] = [given.source(), given.source(7 * 24 * HOUR)];
    assert.equal(await given.countOf(day), 1);
    assert.equal(await given.countOf(week), 1);
    given.clock.advance(9 * MINUTE);
    assert.equal(await given.countOf(day), 1, "the few that are left are spread");
    assert.equal(given.github.asked.length, 2);
    const other = given.source(HOUR);
    assert.match(
      await given.errorOf(other),
      /no more requests until 2025-11-08T17:50:39.000Z .*Signed in, .* Sign in\./,
    );
    const third = given.source(2 * HOUR);
    assert.match(await given.errorOf(third), /no more requests until/);
    assert.equal(given.github.asked.length, 3);
    given.clock.advance(MINUTE + SECOND);
    given.github.remaining = 60;
    given.github.resetsAt += 3_600;
    for (const counted of [day, week, other, third]) assert.equal(await given.countOf(counted), 1);
  });

  it("spread half of the requests that are left over the time until there are new ones", async () => {
    given.github.remaining = 61;
    given.github.resetsAt = Math.floor(given.clock.now() / 1_000) + 3_600;
    const counted = given.source();
    await given.countOf(counted);
    given.clock.advance(MINUTE);
    await given.countOf(counted);
    assert.equal(given.github.asked.length, 1);
    given.clock.advance(MINUTE);
    await given.countOf(counted);
    assert.equal(given.github.asked.length, 2);
  });

  it("come back after a secondary limit when it says, and later and later where it says nothing", async () => {
    given.github.push(given.ago(0));
    const counted = given.source();
    await given.countOf(counted);
    given.github.instead = (_, res) => res.writeHead(403, { "Retry-After": "300" }).end("{}");
    given.clock.advance(MINUTE);
    assert.match(await given.errorOf(counted), /HTTP 403/);
    const refuse = (status: number) => {
      given.github.instead = (_, res) => res.writeHead(status).end("{}");
    };
    refuse(429);
    given.clock.advance(5 * MINUTE - 1);
    await given.errorOf(counted);
    assert.equal(given.github.asked.length, 2);
    given.clock.advance(1);
    assert.match(await given.errorOf(counted), /HTTP 429/);
    refuse(403);
    given.clock.advance(2 * MINUTE);
    assert.match(await given.errorOf(counted), /refuses to show acme\/widgets \(HTTP 403\)/);
    given.clock.advance(4 * MINUTE - 1);
    await given.errorOf(counted);
    assert.equal(given.github.asked.length, 4);
    given.github.instead = null;
    given.clock.advance(1);
    assert.equal(await given.countOf(counted), 1);
  });

  it("are not kept from who signs in by the limit of who did not", async () => {
    given.github.remaining = 0;
    given.github.resetsAt = Math.ceil(given.clock.now() / 1_000) + 600;
    given.github.token = TOKEN;
    const counted = given.source();
    assert.match(await given.errorOf(counted), /no more requests/);
    given.github.remaining = 5_000;
    given.user.signIn(TOKEN);
    assert.equal(await given.countOf(counted), 0);
  });

  it("are asked for one after the other", async () => {
    let under = 0;
    let most = 0;
    given.github.instead = (_, res) => {
      most = Math.max(most, ++under);
      setImmediate(() => {
        under--;
        res.end("[]");
      });
    };
    await Promise.all([1, 2, 3, 4].map((hours) => given.countOf(given.source(hours * HOUR))));
    assert.equal(given.github.asked.length, 4);
    assert.equal(most, 1);
  });
});
