import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { CommitLog } from "../../../src/core/sources/commitLog.js";
import { GitRepository } from "../../support/gitRepository.js";

const HOUR = 3_600_000;
const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("commit log", () => {
  let repo: GitRepository;
  beforeEach(() => {
    repo = new GitRepository();
  });
  afterEach(() => repo.dispose());

  const subjects = async (log: CommitLog, from: number, to: number) =>
    (await log.list({ from, to })).map(({ subject }) => subject);

  it("lists the commits of a range, newest first", async () => {
    for (const hour of [0, 1, 2, 3]) repo.commit(BEGIN + hour * HOUR, undefined, `at ${hour}`);
    const log = new CommitLog(repo.path);
    assert.deepEqual(await subjects(log, BEGIN + HOUR, BEGIN + 2 * HOUR), ["at 2", "at 1"]);
    assert.deepEqual(await subjects(log, BEGIN, Date.now()), ["at 3", "at 2", "at 1", "at 0"]);
    assert.deepEqual(await subjects(log, BEGIN + HOUR, BEGIN + HOUR), ["at 1"]);
    const [newest] = await log.list({ from: BEGIN, to: Date.now() });
    assert.equal(newest?.hash, repo.git("rev-parse", "HEAD").trim());
    assert.equal(newest?.time, BEGIN + 3 * HOUR);
  });

  it("tells of a new commit, and of a checkout", async () => {
    const log = new CommitLog(repo.path);
    assert.deepEqual(await log.list({ from: 0, to: Date.now() }), []);
    repo.commit(BEGIN, undefined, "first");
    assert.deepEqual(await subjects(log, 0, Date.now()), ["first"]);
    repo.commit(BEGIN + HOUR, undefined, "second");
    assert.deepEqual(await subjects(log, 0, Date.now()), ["second", "first"]);
    repo.git("checkout", "--quiet", "HEAD~1");
    assert.deepEqual(await subjects(log, 0, Date.now()), ["first"]);
  });

  it("has the 500 newest of each range, whichever was asked for before", async () => {
    const lines = Array.from({ length: 505 }, (_, n) => {
      const message = `n${n}`;
      const who = `committer T <t@example.com> ${BEGIN / 1_000 + n} +0000`;
      return `commit refs/heads/main\n${who}\ndata ${message.length}\n${message}\n`;
    });
    execFileSync("git", ["-C", repo.path, "fast-import", "--quiet"], { input: lines.join("\n") });
    const log = new CommitLog(repo.path);
    const all = await subjects(log, BEGIN, Date.now());
    assert.deepEqual([all.length, all[0], all.at(-1)], [500, "n504", "n5"]);
    assert.deepEqual(await subjects(log, BEGIN, BEGIN + 6_000), ["n6", "n5", "n4", "n3", "n2", "n1", "n0"]);
  });

  it("takes any subject as text, and shortens a long one", async () => {
    repo.commit(BEGIN, undefined, '<b>"=1+1"</b> ☃ \u202e');
    repo.commit(BEGIN + HOUR, undefined, "x".repeat(10_000));
    const [long, odd] = await new CommitLog(repo.path).list({ from: 0, to: Date.now() });
    assert.equal(odd?.subject.trim(), '<b>"=1+1"</b> ☃ \u202e'.trim());
    assert.equal(long?.subject.length, 200);
  });

  it("is empty where there is no repository", async () => {
    const bare = new GitRepository(false);
    try {
      assert.deepEqual(await new CommitLog(bare.path).list({ from: 0, to: Date.now() }), []);
    } finally {
      bare.dispose();
    }
  });
});
