import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { activeExtension, DEFAULT_PORT, listens } from "../../support/extensionHost.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("several folders", () => {
  it("are served as one stream", async () => {
    await activeExtension();
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    await waitFor(() => listens(DEFAULT_PORT), { message: "the server to listen" });
    assert.equal(await listens(DEFAULT_PORT + 1), false);
  });

  it("have problems only while they are followed", async () => {
    const [other, followed] = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    assert.ok(other && followed);
    const config = vscode.Uri.joinPath(followed, "fusion.json");
    const data = vscode.Uri.joinPath(other, "revenue_snapshot.json").fsPath;
    const problems = (count: number) =>
      waitFor(() => vscode.languages.getDiagnostics(config).length === count, {
        timeout: 30_000,
        message: `problems: ${count}`,
      });
    const third = new TemporaryFolder();
    try {
      writeFileSync(config.fsPath, '{"cards": 1}');
      await problems(1);
      // The first folder with data is followed; which one that is, is asked when the list of folders changes.
      writeFileSync(data, '{"mrr": 1}');
      vscode.workspace.updateWorkspaceFolders(2, 0, { uri: vscode.Uri.file(third.path) });
      await problems(0);
      rmSync(data);
      vscode.workspace.updateWorkspaceFolders(2, 1);
      await problems(1);
    } finally {
      rmSync(config.fsPath);
      third.dispose();
    }
  });

  it("may go while the stream runs", async () => {
    const before = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(before - 1, 1);
    await waitFor(() => vscode.workspace.workspaceFolders?.length === before - 1);
    await vscode.commands.executeCommand("fusion.refresh");
    await waitFor(() => listens(DEFAULT_PORT), { message: "the server of the folder that is left" });
  });
});
