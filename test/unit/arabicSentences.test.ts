import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseFusionConfig } from "../../src/core/config/fusionConfig.js";
import type { FolderSource } from "../../src/core/folderSource.js";
import { wordingOf } from "../../src/protocol/sentences.js";
import { wordedSnapshot } from "../../src/protocol/worded.js";
import { collected } from "../support/collection.js";
import { folderSource } from "../support/folderStream.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";

const say = wordingOf(JSON.parse(readFileSync("l10n/bundle.l10n.ar.json", "utf8")));

/** What the parsers of others say of their own, which nobody here translates. */
const FOREIGN = /invalid value|Unterminated group/g;

/** English words that are left when names, code, paths and what the files themselves say are taken out. */
function english(said: string): string[] {
  const own = said
    .replace(FOREIGN, " ")
    .replace(/\u2066[^\u2069]*\u2069|"[^"]*"|[\w./-]+\.(?:json|jsonl|csv|log|md|yaml|toml|txt)\b/g, " ");
  return (own.match(/\p{Script=Latin}{2,}/gu) ?? []).filter((word) => !NAMES.has(word));
}

const NAMES = new Set([
  "JSON",
  "YAML",
  "TOML",
  "CSV",
  "Markdown",
  "JMESPath",
  "GitHub",
  "git",
  "Fusion",
  "fusion",
  "Drive",
  // A number that cannot be held, and a format of fusion.json.
  "Infinity",
  "number",
]);

describe("Arabic", () => {
  const folder = new TemporaryFolder();
  let source: FolderSource;

  after(() => {
    source.dispose();
    folder.dispose();
  });

  it("says why each of many broken files has no value", async () => {
    const broken: Record<string, Record<string, string> & { file: string; content?: string }> = {
      list: { file: "a/list.json", content: "[1, 2]" },
      torn: { file: "a/torn.json", content: '{"a": 1' },
      comma: { file: "a/comma.json", content: '{"a": 1,}' },
      empty: { file: "a/empty.json", content: "" },
      text: { file: "a/text.json", content: '{"a": "many"}', query: "a" },
      nothing: { file: "a/nothing.json", content: '{"a": 1}', query: "b" },
      function: { file: "a/function.json", content: '{"a": 1}', query: "length(a)" },
      huge: { file: "a/huge.json", content: '{"a": 1e400}', query: "a" },
      column: { file: "a/column.csv", content: "x,y\n1,2\n", column: "z" },
      cells: { file: "a/cells.csv", content: "x,y\n1\n", column: "x" },
      twice: { file: "a/twice.csv", content: "x,x\n1,2\n", column: "x" },
      quote: { file: "a/quote.csv", content: 'x\n"1\n', column: "x" },
      lines: { file: "a/lines.jsonl", content: "{\n{}\n", query: "a" },
      tasks: { file: "a/tasks.md", content: "nothing\n" },
      yaml: { file: "a/yaml.yaml", content: "a: [1\n" },
      tab: { file: "a/tab.yaml", content: "a:\n\t- b\n" },
      toml: { file: "a/toml.toml", content: "a = \n" },
      match: {
        file: "a/match.log",
        content: "took xms\n",
        match: "took (?<value>\\w+)ms",
        format: "number",
        unit: "ms",
      },
      gone: { file: "a/gone.json" },
    };
    const metrics = Object.entries(broken).map(([id, { content: _, ...metric }]) => [id, metric]);
    const files = Object.values(broken).flatMap(({ file, content }) =>
      content === undefined ? [] : [[file, content]],
    );
    folder.write({
      ...Object.fromEntries(files),
      "fusion.json": JSON.stringify({ metrics: Object.fromEntries(metrics) }),
      "data/memo_index.json": '{"totalMemos": "a lot"}',
      "data/revenue_snapshot.json": "[]",
      "data/ERIC_recommendations.json": '{"recommendations": 5}',
      "data/drive_sync.log": "",
      "data/project_progress.json": '{"projects": [{"name": "A"}]}',
      "data/chat_activity.jsonl": "{}\n",
    });
    source = folderSource(folder.path);
    const { snapshot } = await collected(source);
    const said = wordedSnapshot({ ...snapshot, sequence: 1 }, say).metrics;
    const wrong = Object.entries(said).filter(([, { error }]) => error !== null);
    assert.ok(wrong.length >= 23, `${wrong.length} errors`);
    assert.deepEqual(
      wrong
        .filter(([, { error }]) => english(error ?? "").length > 0)
        .map(([id, { error }]) => `${id}: ${error}`),
      [],
    );
  });

  it("says what is wrong in fusion.json", () => {
    const texts = [
      "",
      "{",
      '{"metrics": []}',
      '{"metric": {}}',
      '{"metrics": {"a": {}}}',
      '{"metrics": {"a": {"file": "../x.json"}}}',
      '{"metrics": {"a": {"file": "x.csv"}}}',
      '{"metrics": {"a": {"file": "x.json", "query": "a["}}}',
      '{"metrics": {"a": {"file": "x.json", "column": "a"}}}',
      '{"metrics": {"a": {"file": "x.json", "aggregate": "total"}}}',
      '{"metrics": {"a": {"file": "x.json", "url": "https://example.com"}}}',
      '{"metrics": {"a": {"file": "x.json", "decimals": -1}}}',
      '{"metrics": {"a": {"file": "x.json", "scale": 0, "unit": ""}}}',
      '{"metrics": {"a": {"git": {"since": "soon"}}}}',
      '{"metrics": {"a": {"url": "http://example.com"}}}',
      '{"metrics": {"a": {"file": "x.log", "match": "("}}}',
      '{"cards": ["b", "b"]}',
      '{"alerts": [{}]}',
      '{"alerts": [{"metric": "revenue"}]}',
      '{"alerts": [{"metric": "revenue", "below": 1, "above": 2}]}',
      '{"alerts": [{"metric": "revenue", "below": 1, "clearAbove": 0}]}',
    ];
    const problems = texts.flatMap((text) => parseFusionConfig(text).problems);
    assert.ok(problems.length >= texts.length, `${problems.length} problems`);
    const said = problems.flatMap(({ message, fix }) => [say(message), ...(fix ? [say(fix.title)] : [])]);
    assert.deepEqual(
      said.filter((each) => english(each).length > 0),
      [],
    );
  });
});
