import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, DEFAULT_PORT, listens } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("several folders", () => {
  it("are served as one stream", async () => {
    await activeExtension();
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    await waitFor(() => listens(DEFAULT_PORT), { message: "the server to listen" });
    assert.equal(await listens(DEFAULT_PORT + 1), false);
  });

  it("may go while the stream runs", async () => {
    const before = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(before - 1, 1);
    await waitFor(() => vscode.workspace.workspaceFolders?.length === before - 1);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(await listens(DEFAULT_PORT), true);
  });
});
