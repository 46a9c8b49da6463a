import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, commandCenterTabs } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("a folder without data", () => {
  it("opens nothing by itself, and the panel on request", async () => {
    await activeExtension();
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(commandCenterTabs().length, 0);
    await vscode.commands.executeCommand("fusion.openCommandCenter");
    await waitFor(() => commandCenterTabs().length === 1);
  });
});
