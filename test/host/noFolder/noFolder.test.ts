import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  activeExtension,
  commandCenterTabs,
  DEFAULT_PORT,
  listens,
  setting,
} from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("no folder", () => {
  it("opens nothing and serves nothing by itself", async () => {
    await activeExtension();
    assert.equal(commandCenterTabs().length, 0);
    assert.equal(await listens(DEFAULT_PORT), false);
  });

  it("gives no token, which would end with the next folder, and starts no server for it", async () => {
    await vscode.env.clipboard.writeText("before");
    await vscode.commands.executeCommand("fusion.copyConnection");
    assert.equal(await vscode.env.clipboard.readText(), "before");
    assert.equal(await listens(DEFAULT_PORT), false);
  });

  it("still opens the panel and keeps an interval", async () => {
    await vscode.commands.executeCommand("fusion.openCommandCenter");
    await waitFor(() => commandCenterTabs().length === 1);
    await vscode.commands.executeCommand("fusion.setInterval", 8);
    await waitFor(() => setting("interval") === 8);
  });
});
