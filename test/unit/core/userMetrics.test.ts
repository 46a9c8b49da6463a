import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { githubFromEnvironment } from "../../../src/cli/githubFromEnvironment.js";
import { systemClock } from "../../../src/core/clock.js";
import type { LoadedConfig } from "../../../src/core/config/configFile.js";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { CheckpointFile } from "../../../src/core/sources/checkpointFile.js";
import { collected } from "../../support/collection.js";
import { folderSource } from "../../support/folderStream.js";
import { GithubServer } from "../../support/githubServer.js";
import { GitRepository } from "../../support/gitRepository.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const LOG = "logs/app.log";

describe("the user's metrics", () => {
  let folder: TemporaryFolder;
  let state: TemporaryFolder;
  let source: FolderSource;

  beforeEach(() => {
    folder = new TemporaryFolder();
    state = new TemporaryFolder();
    source = open();
  });
  afterEach(() => {
    source.dispose();
    folder.dispose();
    state.dispose();
  });

  const open = () =>
    folderSource(folder.path, systemClock, new CheckpointFile(state.resolve("checkpoints.json")));
  const declare = (metrics: object, more: object = {}) =>
    folder.write({ "fusion.json": JSON.stringify({ metrics, ...more }) });
  const snapshotNow = async () => (await collected(source)).snapshot;
  const valueNow = async (id: string) => (await snapshotNow()).metrics[id]?.value;

  it("come from every format, as fusion.json declares them", async () => {
    folder.write({
      "bugs.json": '{"items": [{"state": "open"}, {"state": "closed"}, {"state": "open"}]}',
      "churn.csv": "month,rate\nJan,4.5\nFeb,3.25\n",
      "events.jsonl": '{"user": {"age": 30}}\n{"user": {}}\n{"user": {"age": 41}}\n',
      "ROADMAP.md": "- [x] one\n- [ ] two\n- [x] three\n- [ ] four\n",
      "deploy.yaml": "replicas: 3\n",
      "site.toml": "[build]\nseconds = 12.5\n",
      [LOG]: "level=info took 10ms\nlevel=error took 20ms\n",
      "memos/a.md": "",
      "memos/deep/b.md": "",
      "memos/c.txt": "",
    });
    declare({
      openBugs: { file: "bugs.json", query: "length(items[?state=='open'])", label: "Open bugs" },
      churn: { file: "churn.csv", column: "rate", aggregate: "last", format: "percent" },
      signups: { file: "events.jsonl", query: "user.age", aggregate: "count" },
      roadmap: { file: "ROADMAP.md", aggregate: "progress" },
      replicas: { file: "deploy.yaml", query: "replicas" },
      build: { file: "site.toml", query: "build.seconds", format: "duration" },
      errors: { file: LOG, match: "level=error", aggregate: "count" },
      latency: { file: LOG, match: "took (?<value>[0-9.]+)ms", aggregate: "avg", unit: "ms" },
      drafts: { files: "memos/**/*.md", aggregate: "count" },
    });
    const { metrics } = await snapshotNow();
    const values = Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value]));
    assert.deepEqual(values, {
      memos: null,
      revenue: null,
      driveSync: null,
      recommendations: null,
      openBugs: 2,
      churn: 3.25,
      signups: 2,
      roadmap: 50,
      replicas: 3,
      build: 12.5,
      errors: 1,
      latency: 15,
      drafts: 2,
    });
    assert.deepEqual(
      [metrics.openBugs?.label, metrics.churn?.format, metrics.latency?.unit],
      ["Open bugs", "percent", "ms"],
    );
  });

  it("are multiplied by their scale, whatever they are counted or read from", async () => {
    folder.write({ "memos/a.md": "", "memos/b.md": "", "stock.json": '{"share": 0.0435, "many": 1e15}' });
    declare({
      pages: { files: "memos/*.md", scale: 3 },
      share: { file: "stock.json", query: "share", scale: 100 },
      many: { file: "stock.json", query: "many", scale: 1e300 },
    });
    const { pages, share, many } = (await snapshotNow()).metrics;
    assert.deepEqual([pages?.value, share?.value], [6, 4.35]);
    assert.deepEqual([many?.value, many?.available], [null, false]);
    assert.match(many?.error ?? "", /stock\.json.*: 1000000000000000 × 1e\+300 is too large/);
    declare({ pages: { files: "memos/*.md", scale: 4 } });
    assert.equal(await valueNow("pages"), 8);
  });

  it('count a file that "files" names outright, while it is there', async () => {
    declare({ report: { files: "docs/report.pdf" }, changelog: { files: "CHANGELOG.md" } });
    const counts = async () => [await valueNow("report"), await valueNow("changelog")];
    assert.deepEqual(await counts(), [0, 0]);
    folder.write({ "docs/report.pdf": "", "docs/report.pdf.txt": "", "CHANGELOG.md": "" });
    assert.deepEqual(await counts(), [1, 1]);
    folder.remove("docs/report.pdf");
    assert.deepEqual(await counts(), [0, 1]);
  });

  it("leave nothing of a built-in file whose id they take", async () => {
    folder.write({
      "drive_sync.log": "2025-11-08 20:00:00 sync OK\n",
      "ERIC_recommendations.json": '[{"title": "Sell", "priority": "high"}]',
      "own.json": '{"sync": "fine", "ideas": 42}',
    });
    const before = await snapshotNow();
    assert.deepEqual([before.driveSyncLastSync !== null, before.insights.length], [true, 1]);
    declare({
      driveSync: { file: "own.json", query: "sync", format: "text" },
      recommendations: { file: "own.json", query: "ideas" },
    });
    const { driveSyncLastSync, insights, recommendations } = await snapshotNow();
    assert.deepEqual([driveSyncLastSync, insights, recommendations], [null, [], 42]);
  });

  it("choose and order the cards, and replace a built-in of the same id", async () => {
    folder.write({ "money.json": '{"mrr": 99}', "revenue_snapshot.json": '{"mrr": 1}' });
    declare(
      {
        revenue: { file: "money.json", query: "mrr", label: "Ours" },
        x: { file: "money.json", query: "mrr" },
      },
      { cards: ["x", "revenue"] },
    );
    const snapshot = await snapshotNow();
    assert.equal(snapshot.revenue, 99);
    assert.equal(snapshot.metrics.revenue?.label, "Ours");
    assert.deepEqual(snapshot.cards, ["x", "revenue"]);
  });

  it("have the cards to themselves until a built-in file is there, or one is declared anew", async () => {
    const cards = async () => (await snapshotNow()).cards;
    folder.write({ "a.json": '{"n": 1}' });
    assert.equal((await cards()).length, 4);
    declare({ n: { file: "a.json", query: "n" } });
    assert.deepEqual(await cards(), ["n"]);
    declare({ n: { file: "a.json", query: "n" } }, { cards: ["memos", "n"] });
    assert.deepEqual(await cards(), ["memos", "n"]);
    declare({ n: { file: "a.json", query: "n" }, revenue: { file: "missing.json", query: "n" } });
    assert.equal((await cards()).length, 5);
    declare({ n: { file: "a.json", query: "n" } });
    assert.deepEqual(await cards(), ["n"]);
    folder.write({ "revenue_snapshot.json": '{"mrr": 1}' });
    const all = ["memos", "revenue", "driveSync", "recommendations", "n"];
    assert.deepEqual(await cards(), all);
    folder.remove("revenue_snapshot.json");
    assert.deepEqual(await cards(), all, "a file that went away is missed");
  });

  it("keep the last good configuration while fusion.json is broken", async () => {
    folder.write({ "a.json": '{"n": 1}' });
    declare({ n: { file: "a.json", query: "n" } });
    assert.equal(await valueNow("n"), 1);
    folder.write({ "fusion.json": '{"metrics": {"n": ', "a.json": '{"n": 2}' });
    assert.equal(await valueNow("n"), 2);
    declare({ m: { file: "a.json", query: "n" } });
    const { metrics } = await snapshotNow();
    assert.deepEqual([metrics.n, metrics.m?.value], [undefined, 2]);
  });

  it("come from a long fusion.json as from a short one, and what is wrong in it is told", async () => {
    folder.write({ "a.json": '{"n": 1}' });
    const metrics = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`m${index}`, { file: "a.json", query: "n" }]),
    );
    source.dispose();
    const told: LoadedConfig["document"][] = [];
    source = folderSource(folder.path, systemClock, undefined, {
      onConfig: ({ document }) => told.push(document),
    });
    declare(metrics);
    await waitFor(async () => (await valueNow("m499")) === 1);
    const long = JSON.stringify({ metrics }, null, 1);
    folder.write({ "fusion.json": long.replace('"query"', '"qeury"') });
    assert.equal(await valueNow("m499"), 1);
    assert.match(told.at(-1)?.problems[0]?.message ?? "", /Did you mean "query"/);
    folder.write({ "fusion.json": `${long}${"ü".repeat(1024 * 1024)}` });
    assert.equal(await valueNow("m499"), 1);
    assert.match(told.at(-1)?.problems[0]?.message ?? "", /larger than 256 KB/);
  });

  it("keep a value whose query stops giving one, marked, while its file's others go on", async () => {
    folder.write({ "a.json": '{"n": 1, "m": 1}' });
    declare({ n: { file: "a.json", query: "n" }, m: { file: "a.json", query: "m" } });
    await snapshotNow();
    folder.write({ "a.json": '{"m": 2}' });
    const { metrics } = await snapshotNow();
    assert.deepEqual([metrics.n?.value, metrics.n?.stale, metrics.n?.available], [1, true, false]);
    assert.match(metrics.n?.error ?? "", /^a\.json/);
    assert.deepEqual([metrics.m?.value, metrics.m?.available], [2, true]);
  });

  it("are told of in words where the file does not fit them", async () => {
    folder.write({ "a.json": '{"text": "1,234"}' });
    declare({
      amount: { file: "a.json", query: "text", format: "currency", unit: "USD" },
      gone: { file: "gone.json", query: "x" },
    });
    const { metrics } = await snapshotNow();
    assert.equal(metrics.amount?.value, null);
    assert.match(metrics.amount?.error ?? "", /is a text/);
    assert.match(metrics.gone?.error ?? "", /gone\.json was not found/);
  });

  it("tell of lines that were left out, beside the value of the others", async () => {
    folder.write({ "events.jsonl": '{"n": 1}\n{"n": \n{"n": 3}\n' });
    declare({ sum: { file: "events.jsonl", query: "n", aggregate: "sum" } });
    const { metrics } = await snapshotNow();
    assert.deepEqual([metrics.sum?.value, metrics.sum?.available, metrics.sum?.stale], [4, true, false]);
    assert.match(metrics.sum?.error ?? "", /^events\.jsonl: line 2 is left out: /);
  });

  describe("of a remote on GitHub", () => {
    let github: GithubServer;
    let repository: GitRepository;

    beforeEach(async () => {
      github = await GithubServer.start();
      repository = new GitRepository();
      repository.git("remote", "add", "origin", `${github.url}/acme/widgets.git`);
      const there = { git: { since: "7d", remote: "origin" } };
      const metrics = { here: { git: {}, scale: 10 }, there, thirds: { ...there, scale: 3 } };
      repository.write({ "fusion.json": JSON.stringify({ metrics }) });
      repository.commit();
      github.push(Date.now(), Date.now() - 60_000, Date.now() - 6 * 86_400_000, Date.now() - 8 * 86_400_000);
    });
    afterEach(async () => {
      repository.dispose();
      await github.stop();
    });

    const follow = (trusted: boolean) => {
      source.dispose();
      const more = { trusted, github: githubFromEnvironment({ GITHUB_API_URL: github.url }) };
      source = folderSource(repository.path, systemClock, undefined, more);
    };
    const metricsNow = async () => (await snapshotNow()).metrics;

    it("count its commits there, beside those here", async () => {
      follow(true);
      await waitFor(async () => (await metricsNow()).there?.available === true);
      const { here, there, thirds } = await metricsNow();
      assert.deepEqual([here?.value, there?.value, there?.label], [10, 3, "There"]);
      assert.equal(thirds?.value, 9, "by its scale");
    });

    it("wait for trust", async () => {
      follow(false);
      const { there } = await metricsNow();
      assert.equal(there?.value, null);
      assert.match(there?.error ?? "", /until you trust the workspace/);
      assert.deepEqual(github.asked, []);
    });
  });

  describe("over a log", () => {
    beforeEach(() => {
      folder.write({ [LOG]: "error 1\nok\nerror 2\n" });
      declare({ errors: { file: LOG, match: "error", aggregate: "count" } });
    });
    const append = (text: string) => appendFileSync(folder.resolve(LOG), text);

    it("count each line once, from where they were left", async () => {
      assert.equal(await valueNow("errors"), 2);
      append("error 3\nerr");
      assert.equal(await valueNow("errors"), 3);
      append("or 4\n");
      assert.equal(await valueNow("errors"), 4);
    });

    it("are exact over a restart", async () => {
      assert.equal(await valueNow("errors"), 2);
      source.dispose();
      append("error 3\n");
      source = open();
      assert.equal(await valueNow("errors"), 3);
    });

    it("begin anew where what was remembered is damaged", async () => {
      assert.equal(await valueNow("errors"), 2);
      const checkpoints = state.resolve("checkpoints.json");
      const text = await waitFor(() => readFileSync(checkpoints, "utf8"));
      writeFileSync(checkpoints, text.replace('"fold"', '"gone"'));
      source.dispose();
      append("error 3\n");
      source = open();
      assert.equal(await valueNow("errors"), 3);
    });

    it("count every line once over a rotation by rename", async () => {
      assert.equal(await valueNow("errors"), 2);
      append("error 3\n");
      renameSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
      folder.write({ [LOG]: "error 4\n" });
      assert.equal(await valueNow("errors"), 4);
      append("error 5\n");
      assert.equal(await valueNow("errors"), 5);
    });

    it("have changed where a rotated log goes on with the same lines", async () => {
      folder.write({ [LOG]: `error 1\n${"ok\n".repeat(100)}` });
      await waitFor(async () => (await valueNow("errors")) === 1);
      renameSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
      folder.write({ [LOG]: `error 2\n${"ok\n".repeat(100)}` });
      const { snapshot, changed } = await collected(source);
      assert.deepEqual([snapshot.metrics.errors?.value, changed], [2, true]);
    });

    it("count what was appended to a log longer than is read at once", async () => {
      append("error of many\n".repeat(200_000));
      await waitFor(async () => (await valueNow("errors")) === 200_002);
      append("error at last\n");
      await waitFor(async () => (await valueNow("errors")) === 200_003);
      const { errors } = (await snapshotNow()).metrics;
      assert.deepEqual([errors?.value, errors?.source?.line], [200_003, 200_004]);
    });

    it("count none twice over a rotation by copy and truncation", async () => {
      assert.equal(await valueNow("errors"), 2);
      append("error 3\n");
      copyFileSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
      writeFileSync(folder.resolve(LOG), "");
      append("error 4\n");
      assert.equal(await valueNow("errors"), 4);
    });

    it("begin anew when the file was rewritten", async () => {
      assert.equal(await valueNow("errors"), 2);
      folder.write({ [LOG]: "error only\n" });
      assert.equal(await valueNow("errors"), 1);
    });

    it("notice a file cut short and grown past where it was read to", async () => {
      assert.equal(await valueNow("errors"), 2);
      folder.write({ [LOG]: "ok\n".repeat(100) });
      assert.equal(await valueNow("errors"), 0);
    });
  });
});
