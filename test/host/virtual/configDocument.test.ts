import assert from "node:assert/strict";
import * as vscode from "vscode";
import { openConfig, writeConfig } from "../../../src/vscode/configDocument.js";
import { activeExtension } from "../../support/extensionHost.js";
import { MemoryFileSystem } from "../../support/memoryFileSystem.js";

describe("an edit of fusion.json on no disk", () => {
  let files: MemoryFileSystem;

  before(async () => {
    await activeExtension();
    files = new MemoryFileSystem("fusion-edited");
    files.write("/project/data/memo_index.json", "{}");
  });
  after(() => files.dispose());

  it("makes the file, and adds to it", async () => {
    const folder = files.uri("/project");
    const text = async () =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(files.uri("/project/fusion.json")));
    assert.ok(await writeConfig(await openConfig(folder), { path: ["cards"], value: ["memos"] }));
    assert.equal(await text(), '{\n  "cards": ["memos"]\n}\n');
    assert.ok(await writeConfig(await openConfig(folder), { path: ["cards", -1], value: "revenue" }));
    assert.equal(await text(), '{\n  "cards": ["memos", "revenue"]\n}\n');
  });
});
