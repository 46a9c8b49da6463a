import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { collected } from "../../support/collection.js";
import { folderSource } from "../../support/folderStream.js";
import { GitRepository } from "../../support/gitRepository.js";
import { waitFor } from "../../support/waitFor.js";

describe("how a value came about", () => {
  let folder: GitRepository;
  let source: FolderSource;

  beforeEach(() => {
    folder = new GitRepository();
    source = folderSource(folder.path);
  });
  afterEach(() => {
    source.dispose();
    folder.dispose();
  });

  const declare = (metrics: object) => folder.write({ "fusion.json": JSON.stringify({ metrics }) });
  const metricsNow = async () => (await collected(source)).snapshot.metrics;
  const originOf = async (id: string) => (await metricsNow())[id]?.origin;

  it("is told of the user's metrics in their own terms, without what says nothing", async () => {
    folder.write({
      "bugs.json": '{\n"items": [1, 2]}',
      "churn.csv": "month,rate\nJan,4.5\n",
      "events.jsonl": '{"n": 1}\n',
      "ROADMAP.md": "- [x] one\n",
      "app.log": "took 10ms\n",
    });
    declare({
      bugs: { file: "./bugs.json", query: "length(items)" },
      churn: { file: "churn.csv", column: "rate", scale: 100 },
      events: { file: "events.jsonl", query: "n" },
      roadmap: { file: "ROADMAP.md" },
      latency: { file: "app.log", match: "took (\\d+)ms", aggregate: "avg" },
      sources: { files: "**/*.csv", scale: 2 },
      week: { git: { since: "7d" } },
    });
    const metrics = await metricsNow();
    const { bugs, churn, events, roadmap, latency, sources, week } = metrics;
    assert.deepEqual(bugs?.origin, { kind: "file", file: "bugs.json", query: "length(items)" });
    assert.deepEqual(churn?.origin, {
      kind: "file",
      file: "churn.csv",
      column: "rate",
      aggregate: "last",
      scale: 100,
    });
    assert.deepEqual(events?.origin, { kind: "file", file: "events.jsonl", query: "n", aggregate: "last" });
    assert.deepEqual(roadmap?.origin, { kind: "file", file: "ROADMAP.md", aggregate: "progress" });
    assert.deepEqual(latency?.origin, {
      kind: "file",
      file: "app.log",
      match: "took (\\d+)ms",
      aggregate: "avg",
    });
    assert.deepEqual(sources?.origin, { kind: "files", glob: "**/*.csv", scale: 2 });
    assert.deepEqual(week?.origin, { kind: "git", sinceMs: 7 * 24 * 60 * 60 * 1000 });
    assert.deepEqual(metrics.commits?.origin, { kind: "git", sinceMs: 24 * 60 * 60 * 1000 });
  });

  it("names an address without its parameters", async () => {
    const server = createServer((_, response) => response.end('{"stars": 7}')).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats.json`;
      declare({ stars: { url: `${address}?key=private`, query: "stars" } });
      const stars = await waitFor(async () => {
        const metric = (await metricsNow()).stars;
        return metric?.value === 7 ? metric : null;
      });
      assert.deepEqual(stars.origin, { kind: "url", url: `${address}?…`, query: "stars" });
      const asked = stars.readAt;
      assert.equal((await metricsNow()).stars?.readAt, asked, "an answer in hand is not asked for again");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("tells by which of its rules a built-in file was read", async () => {
    const rules: readonly [file: string, content: string, metric: string, rule: string, field?: string][] = [
      ["memo_index.json", '{"totalMemos": 3}', "memos", "field", "totalMemos"],
      ["memo_index.json", '{"memos": [1]}', "memos", "length", "memos"],
      ["memo_index.json", "[1]", "memos", "length"],
      ["memo_index.json", '{"divisions": {"a": 2}}', "memos", "divisions", "divisions"],
      ["revenue_snapshot.json", '{"metrics": {"MRR": 1}}', "revenue", "field", "metrics.MRR"],
      ["drive_sync.log", "2025-11-08 OK\n", "driveSync", "newestStatus"],
      ["ERIC_recommendations.json", '["Hire"]', "recommendations", "length"],
      [
        "project_progress.json",
        '{"projects": [{"progress": 5}]}',
        "projectProgress",
        "meanProgress",
        "projects",
      ],
      ["chat_activity.jsonl", '{"timestamp": "2025-11-08"}\n', "chatActivity", "messagesInDay", "timestamp"],
    ];
    for (const [file, content, metric, rule, field] of rules) {
      folder.write({ [`data/${file}`]: content });
      const expected = { kind: "builtIn", rule, ...(field === undefined ? {} : { field }) };
      assert.deepEqual(await originOf(metric), expected, content);
    }
  });

  it("is kept with the last good value, and is unknown before there was one", async () => {
    assert.equal(await originOf("memos"), null);
    folder.write({ "memo_index.json": "[1, 2]" });
    await metricsNow();
    folder.write({ "memo_index.json": "{" });
    const { memos } = await metricsNow();
    assert.deepEqual([memos?.stale, memos?.origin], [true, { kind: "builtIn", rule: "length" }]);
  });

  it("says when the source was last looked at, which by itself is no change", async () => {
    folder.write({ "memo_index.json": "[1]" });
    declare({ csv: { files: "*.csv" }, gone: { file: "gone.json", query: "n" } });
    const first = await metricsNow();
    const begun = Date.now();
    await waitFor(() => Date.now() > begun);
    const { changed, snapshot } = await collected(source);
    assert.equal(changed, false);
    for (const id of ["memos", "csv", "gone", "commits"]) {
      const [before, after] = [first[id]?.readAt ?? "", snapshot.metrics[id]?.readAt ?? ""];
      assert.ok(Date.parse(after) > Date.parse(before), `${id}: ${before}, then ${after}`);
    }
  });
});
