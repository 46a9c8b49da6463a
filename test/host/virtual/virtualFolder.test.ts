import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { ActiveFolder } from "../../../src/vscode/activeFolder.js";
import { openLocation } from "../../../src/vscode/sourceLocation.js";
import { activeExtension } from "../../support/extensionHost.js";
import { MemoryFileSystem } from "../../support/memoryFileSystem.js";
import { StreamClient } from "../../support/streamClient.js";
import { waitFor } from "../../support/waitFor.js";

const CONFIG = {
  metrics: {
    errors: { file: "logs/app.log", match: "error", aggregate: "count" },
    drafts: { files: "memos/**/*.md", aggregate: "count" },
    week: { git: { since: "7d" } },
  },
};

describe("a folder that is on no disk", () => {
  let files: MemoryFileSystem;
  let client: StreamClient;
  let folder: vscode.WorkspaceFolder;

  before(async () => {
    await activeExtension();
    const [opened] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(opened, "a folder is open");
    folder = opened;
    // Its provider comes after the stream began to follow the folder.
    files = new MemoryFileSystem(folder.uri.scheme);
    files.write("/project/data/revenue_snapshot.json", '{"mrr": 12450}');
    files.write("/project/logs/app.log", "error 1\nok\n");
    files.write("/project/memos/a.md", "");
    files.write("/project/fusion.json", JSON.stringify(CONFIG));
    client = await StreamClient.connect();
  });
  after(() => files.dispose());

  const shows = (id: string, test: (metric: Metric) => boolean) =>
    waitFor(
      async () => {
        const metric = (await client.snapshot()).metrics[id];
        return metric && test(metric) && metric;
      },
      { message: `another ${id}` },
    );
  const showsValue = (id: string, value: unknown) => shows(id, (metric) => metric.value === value);

  it("is served with its files' values", async () => {
    await showsValue("revenue", 12_450);
    await showsValue("errors", 1);
    await showsValue("drafts", 1);
  });

  it("says plainly that git needs a disk, and leaves out the commits that nobody asked for", async () => {
    const { error, value } = await shows("week", (metric) => metric.error !== null);
    assert.equal(value, null);
    assert.match(error ?? "", /not on a disk/);
    assert.equal((await client.snapshot()).metrics.commits, undefined);
  });

  it("shows a change at once, and nothing of a file that is gone until it is there again", async () => {
    files.write("/project/data/revenue_snapshot.json", '{"mrr": 99}');
    await showsValue("revenue", 99);
    files.remove("/project/data/revenue_snapshot.json");
    await showsValue("revenue", null);
    files.write("/project/data/revenue_snapshot.json", '{"mrr": 100}');
    await showsValue("revenue", 100);
  });

  it("shows a file that appears later, with its folder, and leaves with it", async () => {
    assert.equal((await client.snapshot()).memos, null);
    files.write("/project/server/data/memo_index.json", '{"total": 17}');
    await showsValue("memos", 17);
    files.remove("/project/server");
    await showsValue("memos", null);
  });

  it("keeps the last good value of a broken file, and says what is wrong", async () => {
    files.write("/project/data/revenue_snapshot.json", '{"mrr": 1');
    const broken = await shows("revenue", ({ stale }) => stale);
    assert.deepEqual([broken.value, broken.available], [100, false]);
    assert.match(broken.error ?? "", /revenue_snapshot\.json/);
    files.write("/project/data/revenue_snapshot.json", '{"mrr": 101}');
    const mended = await showsValue("revenue", 101);
    assert.deepEqual([mended.stale, mended.error], [false, null]);
  });

  it("reads a log on from where it was left", async () => {
    files.append("/project/logs/app.log", "error 2\nerr");
    await showsValue("errors", 2);
    files.append("/project/logs/app.log", "or 3\n");
    await showsValue("errors", 3);
  });

  it("counts files, also in folders that are made later", async () => {
    files.write("/project/memos/deep/er/b.md", "");
    await showsValue("drafts", 2);
    files.write("/project/memos/deep/er/c.md", "");
    await showsValue("drafts", 3);
    files.remove("/project/memos/deep");
    await showsValue("drafts", 1);
  });

  it("opens a file at its line, and shows a folder", async () => {
    const { uri } = folder;
    await openLocation(uri, { file: "logs/app.log", line: 2 });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), files.uri("/project/logs/app.log").toString());
    assert.equal(editor?.selection.active.line, 1);
    await openLocation(uri, { file: "memos", line: null });
  });

  it("can be chosen in the panel, as one that has data", async () => {
    const active = new ActiveFolder({ keys: () => [], get: () => undefined, update: async () => undefined });
    const [listed] = await active.list();
    assert.deepEqual(listed, { uri: folder.uri.toString(), name: "Project", hasData: true });
    await active.choose(folder.uri.toString());
    assert.equal(active.folder?.uri.toString(), folder.uri.toString());
    active.dispose();
  });

  it("shows what is wrong with its fusion.json, and how to mend it", async () => {
    const uri = files.uri("/project/fusion.json");
    files.write(uri.path, JSON.stringify(CONFIG).replaceAll("aggregate", "agregate"));
    const problem = await waitFor(
      () => vscode.languages.getDiagnostics(uri).find(({ source }) => source === "Fusion"),
      { message: "a problem" },
    );
    assert.match(problem.message, /Did you mean "aggregate"/);
    await vscode.window.showTextDocument(uri);
    const fix = await waitFor(
      async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          "vscode.executeCodeActionProvider",
          uri,
          problem.range,
          vscode.CodeActionKind.QuickFix.value,
        );
        return actions.find(({ title }) => title.includes("aggregate"));
      },
      { message: "the quick fix" },
    );
    assert.ok(fix.edit);
    files.write(uri.path, JSON.stringify(CONFIG));
    await waitFor(() => vscode.languages.getDiagnostics(uri).length === 0, { message: "the problem to go" });
  });
});
