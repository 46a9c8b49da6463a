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

  it("that cannot be saved is shown, and saved as soon as it can be", async () => {
    const folder = files.uri("/locked");
    const file = files.uri("/locked/fusion.json");
    files.write(file.path, "{}\n");
    const config = await openConfig(folder);
    files.writable = false;
    try {
      assert.equal(await writeConfig(config, { path: ["cards"], value: ["memos"] }), false);
    } finally {
      files.writable = true;
    }
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.uri.toString(), file.toString());
    assert.ok(document?.isDirty);
    assert.ok(await document.save());
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), /"memos"/);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });
});
