import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, closeCommandCenter, commandCenterTabs } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("Command Center", () => {
  before(async () => {
    await activeExtension();
    await waitFor(() => commandCenterTabs().length === 1, { message: "the panel that the sample asks for" });
  });

  it("exists once, however often it is opened", async () => {
    for (let round = 0; round < 5; round++) await vscode.commands.executeCommand("fusion.openCommandCenter");
    assert.equal(commandCenterTabs().length, 1);
    assert.equal(commandCenterTabs()[0]?.label, "Command Center");
  });

  it("can be closed and opened again", async () => {
    await closeCommandCenter();
    await vscode.commands.executeCommand("fusion.openCommandCenter");
    await waitFor(() => commandCenterTabs().length === 1);
  });

  it("comes to the front when it stands behind another editor", async () => {
    await vscode.commands.executeCommand("workbench.action.files.newUntitledFile");
    await waitFor(() => commandCenterTabs()[0]?.isActive === false);
    await vscode.commands.executeCommand("fusion.openCommandCenter");
    await waitFor(() => commandCenterTabs()[0]?.isActive === true);
  });
});
