import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { ConfigChange } from "../../../src/core/config/configEdit.js";
import { openConfig, writeConfig } from "../../../src/vscode/configDocument.js";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

const ADD_ALERT: ConfigChange = { path: ["alerts", -1], value: { metric: "memos", below: 5 } };

describe("an edit of fusion.json by a command", () => {
  let folder: vscode.Uri;
  let file: string;

  before(async () => {
    await activeExtension();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, "a folder is open");
    folder = first.uri;
    file = vscode.Uri.joinPath(folder, "fusion.json").fsPath;
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    rmSync(file, { force: true });
  });

  it("makes the file, adds to it, and saves it", async () => {
    const missing = await openConfig(folder);
    assert.deepEqual([missing.document, missing.error], [null, null]);
    assert.equal(await writeConfig(missing, ADD_ALERT), true);
    const made = await openConfig(folder);
    assert.equal(made.config?.alerts.length, 1);
    assert.equal(await writeConfig(made, { path: ["cards"], value: ["memos"] }), true);
    assert.equal(
      readFileSync(file, "utf8"),
      '{\n  "alerts": [\n    { "metric": "memos", "below": 5 }\n  ],\n  "cards": ["memos"]\n}\n',
    );
  });

  it("leaves the user's own unsaved changes unsaved", async () => {
    writeFileSync(file, "{}\n");
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// Not done yet.\n"));
    assert.equal(await writeConfig(await openConfig(folder), ADD_ALERT), false);
    assert.equal(readFileSync(file, "utf8"), "{}\n");
    assert.match(document.getText(), /^\/\/ Not done yet\.\n\{\n {2}"alerts": \[/);
  });

  it("refuses what would make the file wrong", async () => {
    writeFileSync(file, "{}\n");
    const config = await waitFor(async () => {
      const opened = await openConfig(folder);
      return opened.config?.alerts.length === 0 && opened;
    });
    await assert.rejects(
      writeConfig(config, { path: ["alerts", -1], value: { metric: "memos" } }),
      /when it fires/,
    );
    assert.equal(readFileSync(file, "utf8"), "{}\n");
  });

  it("tells the first error of a broken one", async () => {
    writeFileSync(file, '{\n  "alert": []\n}\n');
    // VS Code may still hold what the file was a moment ago.
    const { config, error } = await waitFor(async () => {
      const opened = await openConfig(folder);
      return opened.error !== null && opened;
    });
    assert.equal(config, null);
    assert.equal(error?.line, 2);
  });

  it("is taken back as a whole by Undo", async () => {
    const text = '{\n  "cards": ["memos"], // All.\n}\n';
    writeFileSync(file, text);
    const config = await waitFor(async () => {
      const opened = await openConfig(folder);
      // VS Code may still hold what the file was a moment ago.
      return opened.document?.getText() === text && opened;
    });
    await writeConfig(
      config,
      { path: ["metrics", "a"], value: { file: "a.json" } },
      { path: ["cards", -1], value: "a" },
    );
    assert.deepEqual((await openConfig(folder)).config?.cards, ["memos", "a"]);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("undo");
    await waitFor(() => document.getText() === text, { message: "the text as it was" });
  });
});
