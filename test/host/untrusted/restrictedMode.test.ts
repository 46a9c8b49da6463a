import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, commandCenterTabs, DEFAULT_PORT, listens } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("Restricted Mode", () => {
  it("reads files, but opens nothing and listens nowhere", async () => {
    await activeExtension();
    assert.equal(vscode.workspace.isTrusted, false);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(commandCenterTabs().length, 0, "the workspace's own setting does not count");
    await vscode.commands.executeCommand("fusion.openCommandCenter");
    await waitFor(() => commandCenterTabs().length === 1);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(await listens(DEFAULT_PORT), false);
  });
});
