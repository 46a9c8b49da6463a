import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension, setting } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("update interval", () => {
  before(activeExtension);
  afterEach(() => vscode.workspace.getConfiguration("fusion").update("interval", undefined, true));

  it("follows a number passed to the command, whole or not, and the setting with it", async () => {
    for (const minutes of [3, 7.5, 10]) {
      await vscode.commands.executeCommand("fusion.setInterval", minutes);
      await waitFor(() => setting("interval") === minutes, { message: `${minutes} in the setting` });
    }
  });

  it("ends where the last of many changes put it", async () => {
    const asked = [3, 9, 4, 8, 6];
    for (const minutes of asked) void vscode.commands.executeCommand("fusion.setInterval", minutes);
    await waitFor(() => setting("interval") === 6);
    // Whatever was still on its way would arrive before the next change does.
    await vscode.commands.executeCommand("fusion.setInterval", 5.5);
    await waitFor(() => setting("interval") === 5.5);
  });

  it("refuses what is out of range", async () => {
    await vscode.commands.executeCommand("fusion.setInterval", 4);
    await waitFor(() => setting("interval") === 4);
    for (const wrong of [2, 11, "five", Number.NaN])
      void vscode.commands.executeCommand("fusion.setInterval", wrong);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(setting("interval"), 4);
  });
});
