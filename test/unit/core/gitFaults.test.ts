import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { countCommits } from "../../../src/core/sources/gitHistory.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { type GitRepository, useRepositories } from "../../support/gitRepository.js";

const DAY_AGO = () => Date.now() - 24 * 3_600_000;

describe("Git history that cannot be relied on", () => {
  const repository = useRepositories();

  it("tells that a history is damaged, and recovers by itself", async () => {
    const repo = repository();
    repo.commit();
    const head = repo.git("rev-parse", "HEAD").trim();
    const object = repo.resolve(`.git/objects/${head.slice(0, 2)}/${head.slice(2)}`);
    const damages: (() => () => void)[] = [
      () => replaced(repo.resolve(".git/refs/heads/main"), "garbage\n"),
      () => replaced(repo.resolve(".git/refs/heads/main"), `${"1".repeat(40)}\n`),
      () => replaced(repo.resolve(".git/HEAD"), "garbage\n"),
      () => replaced(repo.resolve(".git/config"), "[core\n"),
      () => {
        chmodSync(object, 0o644);
        return replaced(object, "garbage");
      },
    ];
    for (const damage of damages) {
      const mend = damage();
      await assert.rejects(countCommits(repo.path, DAY_AGO()), (error) => {
        assert.ok(error instanceof SourceError);
        assert.match(error.reason, /^git cannot read the history \(.+\)\. Run "git fsck"/);
        assert.ok(error.transient);
        return true;
      });
      mend();
      assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 1);
    }
  });

  it("asks for git where it is missing, and only where there is a repository", async () => {
    const repo = repository();
    const { PATH } = process.env;
    process.env.PATH = repo.path;
    try {
      await assert.rejects(countCommits(repo.path, 0), /git was not found\. Install git/);
      assert.equal(await countCommits(dirname(repo.path), 0), null);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it("is not steered by this process's environment", async () => {
    const repo = repository();
    repo.commit();
    const other = repository();
    process.env.GIT_DIR = other.resolve(".git");
    try {
      assert.equal((await countCommits(repo.path, 0))?.commits, 1);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it("ends when it is told to, and at once where it was told before", async () => {
    const repo = repository();
    repo.commit();
    await assert.rejects(countCommits(repo.path, 0, AbortSignal.abort(new Error("enough"))), /enough/);
    hang(repo);
    const controller = new AbortController();
    const counting = countCommits(repo.path, 0, controller.signal);
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await assert.rejects(counting, /enough/);
  });

  it("gives up on a repository that never answers", async () => {
    const repo = repository();
    repo.commit();
    hang(repo);
    await assert.rejects(countCommits(repo.path, 0), /longer than 5 seconds/);
  });

  it("starts nothing that the repository names", async () => {
    const repo = repository();
    repo.commit();
    const canary = repo.resolve("canary");
    const touch = `touch ${canary}`;
    repo.write({ "touch.sh": `#!/bin/sh\n${touch}\n` });
    chmodSync(repo.resolve("touch.sh"), 0o755);
    for (const hook of ["post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"]) {
      repo.write({ [`.git/hooks/${hook}`]: `#!/bin/sh\n${touch}\n` });
      chmodSync(repo.resolve(`.git/hooks/${hook}`), 0o755);
    }
    const script = repo.resolve("touch.sh");
    writeFileSync(
      repo.resolve(".git/config"),
      `[core]
  repositoryformatversion = 1
  bare = false
  fsmonitor = ${script}
  pager = ${script}
  editor = ${script}
  askPass = ${script}
  sshCommand = ${script}
  alternateRefsCommand = ${script}
[pager]
  rev-list = ${script}
  log = ${script}
[alias]
  rev-list = !${script}
  log = !${script}
[log]
  showSignature = true
[gpg]
  program = ${script}
[diff]
  external = ${script}
[credential]
  helper = !${script}
[remote "origin"]
  url = ssh://nowhere.invalid/repository
  promisor = true
  partialclonefilter = blob:none
[extensions]
  partialClone = origin
`,
    );
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 1);
    // A missing commit would be fetched from the hostile remote.
    const head = readFileSync(repo.resolve(".git/refs/heads/main"), "utf8").trim();
    for (const object of readdirSync(repo.resolve(`.git/objects/${head.slice(0, 2)}`))) {
      rmSync(repo.resolve(`.git/objects/${head.slice(0, 2)}/${object}`));
    }
    await assert.rejects(countCommits(repo.path, DAY_AGO()), SourceError);
    // A branch without commits takes the second command, whose alias, pager and signatures are the hostile ones.
    writeFileSync(repo.resolve(".git/HEAD"), "ref: refs/heads/unborn\n");
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 0);
    assert.ok(!existsSync(canary), "something of the repository's was started");
  });

  it("fetches nothing by a program that the repository names, with a git that knows no way not to fetch", async () => {
    const repo = repository();
    repo.commit(Date.now() - 1_000);
    const missing = repo.git("rev-parse", "HEAD").trim();
    repo.commit();
    const canary = repo.resolve("started");
    repo.git("config", "core.repositoryFormatVersion", "1");
    repo.git("config", "extensions.partialClone", "origin");
    repo.git("config", "remote.origin.promisor", "true");
    repo.git("config", "remote.origin.url", `ext::touch ${canary}`);
    repo.git("config", "protocol.ext.allow", "always");
    rmSync(repo.resolve(`.git/objects/${missing.slice(0, 2)}/${missing.slice(2)}`));
    const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    // As git was before 2.45.
    repo.write({ "old/git": `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec ${git} "$@"\n` });
    chmodSync(repo.resolve("old/git"), 0o755);
    const { PATH } = process.env;
    process.env.PATH = `${repo.resolve("old")}${delimiter}${PATH}`;
    try {
      await assert.rejects(countCommits(repo.path, DAY_AGO()), SourceError);
    } finally {
      process.env.PATH = PATH;
    }
    assert.ok(!existsSync(canary), "the program was started");
  });
});

/** Makes git wait for ever: for the other end of a pipe that its configuration names. */
function hang(repo: GitRepository): void {
  execFileSync("mkfifo", [repo.resolve("pipe")]);
  repo.git("config", "include.path", repo.resolve("pipe"));
}

/** Writes over a file and gives back what undoes it. */
function replaced(path: string, content: string | Uint8Array): () => void {
  const before = readFileSync(path);
  writeFileSync(path, content);
  return () => writeFileSync(path, before);
}
