import assert from "node:assert/strict";
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { commitsSource } from "../../../src/core/sources/commitsSource.js";
import { countCommits, gitWatchPaths } from "../../../src/core/sources/gitHistory.js";
import { useRepositories } from "../../support/gitRepository.js";

const HOUR = 3_600_000;
const DAY_AGO = () => Date.now() - 24 * HOUR;

describe("Git history", () => {
  const repository = useRepositories();

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

  it("says in a whole sentence that there is no repository", async () => {
    const shape = { label: "Commits", format: "number", unit: null, icon: null } as const;
    const { state } = await commitsSource("commits", repository(false).path, HOUR, shape).collect();
    assert.equal(state.error, "The git repository was not found.");
  });

  it("counts the same in whatever encoding the repository has its log written", async () => {
    const repo = repository();
    repo.commit();
    for (const encoding of ["UTF-16", "UTF-16LE", "UTF-32", "no such"]) {
      repo.git("config", "i18n.logOutputEncoding", encoding);
      assert.equal((await countCommits(repo.path, Date.now() - HOUR))?.commits, 1, encoding);
    }
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
});

/** What a watcher of a file would notice. */
function stateOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats ? `${path}:${stats.ino}:${stats.size}:${stats.mtimeNs}` : null;
}
