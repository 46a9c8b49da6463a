import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { TOKEN, useGithub } from "../../support/githubCommits.js";
import { GithubServer } from "../../support/githubServer.js";
import { GitRepository } from "../../support/gitRepository.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("commits on GitHub, and who may see them,", () => {
  const given = useGithub();

  it("of a private repository need a sign-in, after which they are asked for at once", async () => {
    given.github.private = true;
    given.github.token = TOKEN;
    given.github.push(given.ago(0));
    const counted = given.source();
    assert.match(
      await given.errorOf(counted),
      /acme\/widgets is private or not there \(HTTP 404\)\. Sign in\.$/,
    );
    await given.errorOf(counted);
    assert.equal(given.github.asked.length, 1);
    given.user.signIn(TOKEN);
    assert.equal(given.changes, 1);
    assert.equal(await given.countOf(counted), 1);
    given.user.signIn(null);
    assert.match(await given.errorOf(counted), /Sign in/);
    assert.equal((await given.stateOf(counted)).status, "stale");
    given.user.signIn("gho_expired");
    assert.match(await given.errorOf(counted), /no longer takes this sign-in \(HTTP 401\)/);
    given.user.signIn(TOKEN);
    given.github.private = false;
    given.repository.git("remote", "set-url", "origin", `${given.github.url}/acme/others`);
    assert.match(await given.errorOf(counted), /no acme\/others on GitHub, or your account may not see it/);
  });

  it("name single sign-on where an organization wants it", async () => {
    given.github.instead = (_, res) =>
      res.writeHead(403, { "X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso" }).end("{}");
    assert.match(await given.errorOf(given.source()), /wants single sign-on/);
  });

  it("send the token to the API's own address alone", async () => {
    given.user.signIn(TOKEN);
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
        given.github.instead = listener;
        assert.match(await given.errorOf(given.source()), reason, name);
      }
      assert.deepEqual(other.asked, []);
    } finally {
      await other.stop();
    }
  });

  it("are found where the repository was moved to, on the same server", async () => {
    given.github.push(given.ago(0));
    const { url } = given.github;
    given.repository.git("remote", "set-url", "origin", `${url}/acme/old-name`);
    given.github.instead = ({ url: path = "" }, res) => {
      given.github.instead = null;
      res.writeHead(301, { Location: path.replace("repos/acme/old-name", "repositories/1") }).end("{}");
    };
    given.user.signIn(TOKEN);
    given.github.token = TOKEN;
    assert.equal(await given.countOf(given.source()), 1);
    assert.deepEqual(
      given.github.asked.map(({ authorization }) => authorization),
      [`Bearer ${TOKEN}`, `Bearer ${TOKEN}`],
    );
  });

  it("are not sent on to another server than the page before, whoever the token is then for", async () => {
    const other = await GithubServer.start();
    try {
      given.github.push(...Array.from({ length: 101 }, (_, index) => given.ago(index * SECOND)));
      const { asked } = given.github;
      const push = asked.push.bind(asked);
      asked.push = (...requests) => {
        given.user.apiUrl = other.url;
        given.user.signIn(TOKEN);
        return push(...requests);
      };
      assert.match(await given.errorOf(given.source()), /another server/);
      assert.deepEqual(
        asked.map(({ authorization }) => authorization),
        [undefined],
      );
    } finally {
      await other.stop();
    }
  });

  it("follow the remote to another address, and forget what came from the one before", async () => {
    given.github.push(given.ago(0));
    const counted = given.source();
    assert.equal(await given.countOf(counted), 1);
    given.repository.git("remote", "set-url", "origin", "git@127.0.0.1:acme/gadgets.git");
    assert.match(await given.errorOf(counted), /acme\/gadgets is private or not there/);
    given.repository.git("remote", "set-url", "origin", "ssh://git@127.0.0.1:22/acme/widgets");
    assert.equal(await given.countOf(counted), 1);
    assert.equal(given.github.asked.length, 3);
  });

  it("say that the remote is none of GitHub's, without its address", async () => {
    const secret = "https://me:hunter2@gitlab.example/acme/widgets.git";
    given.repository.git("remote", "add", "lab", secret);
    const error = await given.errorOf(given.source(HOUR, "lab"));
    assert.match(error, /the remote is on gitlab\.example, but GitHub's API at 127\.0\.0\.1:\d+ is asked/);
    assert.ok(!error.includes("hunter2"));
    given.repository.git("remote", "add", "local", "../widgets");
    assert.match(await given.errorOf(given.source(HOUR, "local")), /not on a server/);
    assert.match(await given.errorOf(given.source(HOUR, "none")), /no remote "none"/);
    assert.match(await given.errorOf(given.source(HOUR, "--all")), /no remote "--all"/);
    assert.deepEqual(given.github.asked, []);
  });

  it("say that the folder is in no repository, and that the API's address is wrong", async () => {
    const folder = new GitRepository(false);
    try {
      assert.match(await given.errorOf(given.source(HOUR, "origin", folder.path)), /in no git repository/);
    } finally {
      folder.dispose();
    }
    given.user.apiUrl = "http://github.example.com/api/v3";
    assert.match(await given.errorOf(given.source()), /Use https/);
    given.user.apiUrl = "github";
    assert.match(await given.errorOf(given.source()), /not an address/);
  });

  it("are asked for below the path of an enterprise server's API", async () => {
    given.user.apiUrl = `${given.github.url}/api/v3/`;
    given.github.instead = (_, res) => res.end("[]");
    assert.equal(await given.countOf(given.source()), 0);
    assert.match(given.github.asked[0]?.url ?? "", /^\/api\/v3\/repos\/acme\/widgets\/commits\?/);
  });
});
