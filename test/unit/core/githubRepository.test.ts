import assert from "node:assert/strict";
import fc from "fast-check";
import { GITHUB_API, githubRepository } from "../../../src/core/sources/githubRepository.js";
import { remoteAddress } from "../../../src/core/sources/gitRemote.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { GitRepository } from "../../support/gitRepository.js";

const API = new URL(GITHUB_API);
const ENTERPRISE = new URL("https://git.example.com:8443/api/v3");
const WIDGETS = { owner: "acme", name: "widgets" };

const FORMS = [
  "https://HOST/acme/widgets.git",
  "https://HOST/acme/widgets",
  "https://HOST/acme/widgets/",
  "https://HOST:8443/acme/widgets.git",
  "https://me@HOST/acme/widgets.git",
  "https://me:secret@HOST/acme/widgets.git",
  "http://HOST/acme/widgets.git",
  "ssh://git@HOST/acme/widgets.git",
  "ssh://git@HOST:22/acme/widgets.git",
  "git+ssh://git@HOST/acme/widgets.git",
  "git://HOST/acme/widgets.git",
  "git@HOST:acme/widgets.git",
  "git@HOST:/acme/widgets.git",
  "HOST:acme/widgets",
];

describe("a remote on GitHub", () => {
  it("is known in every form that git takes, as git reads it", async () => {
    const repository = new GitRepository();
    try {
      for (const [index, form] of FORMS.entries()) {
        const address = form.replace("HOST", "github.com");
        repository.git("remote", "add", `r${index}`, address);
        assert.equal(await remoteAddress(repository.path, `r${index}`), address);
        assert.deepEqual(githubRepository(address, API), WIDGETS, form);
        assert.deepEqual(
          githubRepository(form.replace("HOST", "GIT.example.com"), ENTERPRISE),
          WIDGETS,
          form,
        );
      }
      repository.git("config", "url.https://github.com/.insteadOf", "gh:");
      repository.git("remote", "add", "short", "gh:acme/widgets");
      assert.equal(await remoteAddress(repository.path, "short"), "https://github.com/acme/widgets");
    } finally {
      repository.dispose();
    }
  });

  it("is on the host that the API speaks for", () => {
    const hosts: [host: string, api: string, right: boolean][] = [
      ["github.com", GITHUB_API, true],
      ["ssh.github.com", GITHUB_API, true],
      ["acme.ghe.com", "https://api.acme.ghe.com", true],
      ["git.example.com", "https://git.example.com/api/v3", true],
      ["github.com", "https://git.example.com/api/v3", false],
      ["git.example.com", GITHUB_API, false],
      ["github.com.example.com", GITHUB_API, false],
      ["notgithub.com", GITHUB_API, false],
      ["com", "https://api.github.com", false],
      ["gist.github.com", GITHUB_API, false],
    ];
    for (const [host, api, right] of hosts) {
      const repositoryOf = () => githubRepository(`git@${host}:acme/widgets.git`, new URL(api));
      if (right) assert.deepEqual(repositoryOf(), WIDGETS, host);
      else assert.throws(repositoryOf, /the remote is on/, `${host} ${api}`);
    }
  });

  it("has an owner and a repository, whose names cannot lead elsewhere", () => {
    for (const path of [
      "",
      "acme",
      "acme/..",
      "acme/.",
      "../widgets",
      "acme/widgets/issues",
      "acme/wid gets",
      "acme/widgets?x=1",
      "acme/%2e%2e",
      "acme/widgets\n",
      "acme/wïdgets",
    ]) {
      assert.throws(() => githubRepository(`git@github.com:${path}`, API), /an owner and a repository/, path);
    }
    assert.deepEqual(githubRepository("git@github.com:acme/a.git.b", API).name, "a.git.b");
    assert.deepEqual(githubRepository("git@github.com:acme/.github.git", API).name, ".github");
  });

  it("is not a path of this machine", () => {
    const paths = [
      "/srv/github.com:acme/widgets",
      "./github.com:a/b",
      "../widgets",
      "C:\\acme\\widgets",
      "C:/acme/widgets",
    ];
    for (const path of [...paths, "file:///acme/widgets", "ext::sh -c evil", "[::1]:acme/widgets"]) {
      assert.throws(() => githubRepository(path, API), /not on a server/, path);
    }
  });

  it("is read the same with any names, in any form", () => {
    const owner = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/);
    const name = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,30}[A-Za-z0-9_-]$/);
    fc.assert(
      fc.property(owner, name, fc.constantFrom(...FORMS), (some, other, form) => {
        fc.pre(!other.endsWith(".git"));
        const address = form.replace("HOST", "github.com").replace("acme", some).replace("widgets", other);
        assert.deepEqual(githubRepository(address, API), { owner: some, name: other });
      }),
    );
  });

  it("is refused with a reason that does not repeat it, whatever it holds", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("://", "@", ":", "/", "github.com", "https", "..", "s3cret:pw"),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (address) => {
          try {
            const { owner, name } = githubRepository(address, API);
            assert.match(`${owner}/${name}`, /^[\w-]+\/(?!\.{1,2}$)[\w.-]+$/);
          } catch (error) {
            assert.ok(error instanceof SourceError, String(error));
            assert.ok(!error.reason.includes("s3cret:pw"));
          }
        },
      ),
    );
  });
});
