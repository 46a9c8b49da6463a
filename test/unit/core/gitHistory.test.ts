import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { countCommits, gitWatchPaths } from "../../../src/core/sources/gitHistory.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { GitRepository } from "../../support/gitRepository.js";
import type { TemporaryFolder } from "../../support/temporaryFolder.js";

const HOUR = 3_600_000;
const DAY_AGO = () => Date.now() - 24 * HOUR;

describe("Git history", () => {
  const folders: TemporaryFolder[] = [];
  const repository = (init?: boolean): GitRepository => {
    const made = new GitRepository(init);
    folders.push(made);
    return made;
  };

  afterEach(() => {
    for (const folder of folders.splice(0)) folder.dispose();
  });

  it("counts the commits since a time, from any folder of the repository", async () => {
    const repo = repository();
    for (const age of [49, 25, 23, 2, 0]) repo.commit(Date.now() - age * HOUR);
    repo.write({ "deep/er/file": "" });
    for (const folder of [repo.path, repo.resolve("deep/er")]) {
      assert.deepEqual(await countCommits(folder, DAY_AGO()), { commits: 3, atLeast: false });
    }
    assert.equal((await countCommits(repo.path, 0))?.commits, 5);
    assert.equal((await countCommits(repo.path, Date.now() + HOUR))?.commits, 0);
  });

  it("counts what merges brought, on a detached HEAD too, and no other branch", async () => {
    const repo = repository();
    repo.commit();
    repo.git("switch", "--quiet", "--create", "topic");
    repo.commit();
    repo.commit();
    repo.git("switch", "--quiet", "main");
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 1);
    repo.git("merge", "--quiet", "--no-ff", "--message", "merge", "topic");
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 4);
    repo.git("switch", "--quiet", "--detach", "HEAD~1");
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 1);
  });

  it("counts commits whose dates are out of order, wherever the old ones stand", async () => {
    const repo = repository();
    const old = [3, 30, 365, 20_000].map((days) => Date.now() - days * 24 * HOUR);
    for (const time of [Date.now(), ...old, Date.now(), ...old]) repo.commit(time);
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 2);
    repo.commit();
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 3);
  });

  it("counts every commit of a busy day", async () => {
    const repo = repository();
    repo.manyCommits(2_500);
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 2_500);
    repo.commit(Date.now() - 48 * HOUR);
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 2_500);
  });

  it("is null outside of a repository, and beside what only looks like one", async () => {
    const plain = repository(false);
    assert.equal(await countCommits(plain.path, DAY_AGO()), null);
    assert.equal((await gitWatchPaths(plain.path)).size, 0);
    plain.write({ ".git/empty": "" });
    assert.equal(await countCommits(plain.path, DAY_AGO()), null);
  });

  it("is 0 before the first commit, on a new branch without history too", async () => {
    const repo = repository();
    assert.deepEqual(await countCommits(repo.path, DAY_AGO()), { commits: 0, atLeast: false });
    repo.commit();
    repo.git("checkout", "--quiet", "--orphan", "fresh");
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 0);
  });

  it("counts through a locked index", async () => {
    const repo = repository();
    repo.commit();
    repo.write({ ".git/index.lock": "" });
    assert.equal((await countCommits(repo.path, DAY_AGO()))?.commits, 1);
  });

  it("says where a shallow clone may hold fewer than there were", async () => {
    const origin = repository();
    for (const age of [47, 46, 3, 2, 1]) origin.commit(Date.now() - age * HOUR);
    for (const [depth, expected] of [
      [2, { commits: 2, atLeast: true }],
      [4, { commits: 3, atLeast: false }],
    ] as const) {
      const clone = repository(false);
      clone.git("clone", "--quiet", `--depth=${depth}`, `file://${origin.path}`, "clone");
      assert.deepEqual(await countCommits(clone.resolve("clone"), DAY_AGO()), expected);
    }
  });

  it("follows a linked worktree and a submodule", async () => {
    const repo = repository();
    repo.commit();
    const place = repository(false);
    repo.git("worktree", "add", "--quiet", "-b", "side", place.resolve("tree"));
    const tree = place.resolve("tree");
    assert.equal((await countCommits(tree, DAY_AGO()))?.commits, 1);
    const paths = await gitWatchPaths(tree);
    const own = realpathSync(repo.resolve(".git/worktrees/tree"));
    const common = realpathSync(repo.resolve(".git"));
    assert.ok(paths.get(own)?.includes("HEAD"));
    assert.ok(paths.get(own)?.includes("logs/HEAD"));
    assert.ok(paths.get(common)?.includes("packed-refs"));
    assert.ok(paths.get(common)?.includes("refs/heads/side"));

    const parent = repository();
    parent.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repo.path, "sub");
    assert.equal((await countCommits(parent.resolve("sub"), DAY_AGO()))?.commits, 1);
    const [directory] = [...(await gitWatchPaths(parent.resolve("sub"))).keys()];
    assert.ok(directory?.endsWith(".git/modules/sub"));
  });

  it("names files of which a commit and a checkout change one", async () => {
    const repo = repository();
    repo.commit();
    const files = async () =>
      [...(await gitWatchPaths(repo.path))].flatMap(([directory, paths]) =>
        paths.map((path) => join(directory, path)),
      );
    const states = async () => (await files()).map(stateOf);
    for (const change of [
      () => repo.commit(),
      () => repo.git("switch", "--quiet", "--create", "with/slash"),
      () => repo.commit(),
      () => repo.git("-c", "core.logAllRefUpdates=false", "commit", "--quiet", "--allow-empty", "-m", "x"),
      () => repo.git("pack-refs", "--all"),
    ]) {
      const before = await states();
      change();
      assert.notDeepEqual(await states(), before);
    }
    repo.write({ ".git/HEAD": "ref: refs/heads/../../../outside\n" });
    assert.ok(!(await files()).some((path) => path.includes("outside")));
  });

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

/** What a watcher of a file would notice. */
function stateOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats ? `${path}:${stats.ino}:${stats.size}:${stats.mtimeNs}` : null;
}
