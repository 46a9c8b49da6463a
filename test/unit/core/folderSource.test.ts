import assert from "node:assert/strict";
import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { systemClock } from "../../../src/core/clock.js";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { FusionStream } from "../../../src/core/stream.js";
import { folderSource } from "../../support/folderStream.js";
import { GitRepository } from "../../support/gitRepository.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const WEEK = { metrics: { week: { git: { since: "7d" } } } };

describe("folder source", () => {
  const ends: (() => void)[] = [];
  let source: FolderSource;
  let stream: FusionStream;

  afterEach(() => {
    stream.dispose();
    for (const end of ends.splice(0)) end();
  });

  const own = <T extends TemporaryFolder>(folder: T): T => {
    ends.push(() => folder.dispose());
    return folder;
  };
  const repository = () => {
    const made = own(new GitRepository());
    made.commit();
    return made;
  };
  const follow = async (root: string) => {
    source = folderSource(root);
    stream = new FusionStream({ clock: systemClock, log: () => undefined });
    stream.follow(source);
    await waitFor(() => stream.latest);
  };
  const value = (id: string) => stream.latest?.metrics[id]?.value;
  /** The stream looks for itself every 15 s where it hears of everything: what shows sooner was told. */
  const shows = async (id: string, expected: unknown) => {
    await waitFor(() => value(id) === expected, { timeout: 8_000, message: `${id} to be ${expected}` });
  };
  const hearsAll = () => waitFor(() => source.watching, { message: "everything to be watched" });

  it("hears of what is written behind a link to a file, and of the link that leads elsewhere", async function () {
    this.timeout(60_000);
    const folder = own(new TemporaryFolder());
    folder.write({
      "s/a.json": '{"n": 1}',
      "t/b.json": '{"n": 20}',
      "fusion.json": '{"metrics": {"n": {"file": "l.json", "query": "n"}}}',
    });
    symlinkSync("s/a.json", folder.resolve("l.json"));
    await follow(folder.path);
    await shows("n", 1);
    await hearsAll();
    folder.write({ "s/a.json": '{"n": 2}' });
    await shows("n", 2);
    folder.writeAtomically("s/a.json", '{"n": 3}');
    await shows("n", 3);
    symlinkSync("t/b.json", folder.resolve("l.new"));
    renameSync(folder.resolve("l.new"), folder.resolve("l.json"));
    await shows("n", 20);
    await hearsAll();
    folder.write({ "t/b.json": '{"n": 21}' });
    await shows("n", 21);
  });

  it("counts files among 2,000 in 200 folders, and in folders that appear several at once", async function () {
    this.timeout(60_000);
    const folder = own(new TemporaryFolder());
    const paths = Array.from(
      { length: 2_000 },
      (_, index) => `memos/${index % 20}/${index % 200}/${index}.md`,
    );
    folder.write(Object.fromEntries(paths.map((path) => [path, ""])));
    folder.write({ "fusion.json": '{"metrics": {"drafts": {"files": "memos/**/*.md"}}}' });
    await follow(folder.path);
    await shows("drafts", 2_000);
    await hearsAll();
    renameSync(folder.resolve("memos/3/103/103.md"), folder.resolve("memos/3/103/103.txt"));
    await shows("drafts", 1_999);
    mkdirSync(folder.resolve("memos/a/b/c"), { recursive: true });
    await hearsAll();
    folder.write({ "memos/a/b/c/new.md": "" });
    await shows("drafts", 2_000);
    folder.write({ "memos/a/b/d/e/new.md": "" });
    await shows("drafts", 2_001);
    folder.remove("memos/a");
    await shows("drafts", 1_999);
  });

  it("shows a commit in a repository at once, also on a branch that was just made", async () => {
    const repo = repository();
    await follow(repo.path);
    await shows("commits", 1);
    await hearsAll();
    repo.commit();
    await shows("commits", 2);
    repo.git("switch", "--quiet", "--create", "topic/deep");
    repo.commit();
    await shows("commits", 3);
    repo.git("pack-refs", "--all");
    repo.commit();
    await shows("commits", 4);
    repo.git("config", "core.logAllRefUpdates", "false");
    repo.remove(".git/logs");
    repo.commit();
    await shows("commits", 5);
    repo.git("switch", "--quiet", "main");
    await shows("commits", 2);
  });

  it("shows the commits of a folder that becomes a repository", async () => {
    const repo = own(new GitRepository(false));
    await follow(repo.path);
    await hearsAll();
    assert.equal(value("commits"), undefined);
    repo.git("init", "--quiet", "--initial-branch=main");
    await shows("commits", 0);
    repo.commit();
    await shows("commits", 1);
  });

  it("shows a commit in a linked worktree at once", async () => {
    const repo = repository();
    const place = own(new TemporaryFolder());
    repo.git("worktree", "add", "--quiet", "-b", "side", place.resolve("tree"));
    await follow(place.resolve("tree"));
    await shows("commits", 1);
    await hearsAll();
    repo.commit(Date.now(), place.resolve("tree"));
    await shows("commits", 2);
  });

  it("shows a commit in a submodule at once", async () => {
    const [repo, parent] = [repository(), repository()];
    parent.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repo.path, "sub");
    await follow(parent.resolve("sub"));
    await shows("commits", 1);
    await hearsAll();
    parent.commit(Date.now(), parent.resolve("sub"));
    await shows("commits", 2);
  });

  it("shows a commit in the repository that the folder is a part of", async () => {
    const repo = repository();
    repo.write({ "packages/one/fusion.json": JSON.stringify(WEEK) });
    await follow(repo.resolve("packages/one"));
    await shows("week", 1);
    await hearsAll();
    repo.commit();
    await shows("week", 2);
    assert.equal(value("commits"), undefined);
  });
});
