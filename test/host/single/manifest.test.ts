import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activeExtension } from "../../support/extensionHost.js";

const TITLES: Readonly<Record<string, string>> = {
  "fusion.openCommandCenter": "Open Command Center",
  "fusion.refresh": "Refresh Now",
  "fusion.setInterval": "Change Update Interval…",
  "fusion.addAlert": "Add Alert…",
  "fusion.addMetric": "Add Metric from File…",
  "fusion.countFiles": "Count Files Here…",
  "fusion.countLines": "Count Lines Like This…",
  "fusion.useNumber": "Use This Number…",
  "fusion.pinMetric": "Choose Status Bar Metric…",
  "fusion.showInStatusBar": "Show in Status Bar",
  "fusion.showTrend": "Show Trend",
  "fusion.openMetric": "Open File at Value",
  "fusion.openSource": "Open File",
  "fusion.togglePrivacy": "Toggle Privacy Mode",
  "fusion.showLog": "Show Log",
  "fusion.copyConnection": "Copy Client Connection…",
  "fusion.manageTokens": "Manage Client Tokens…",
  "fusion.revokeAllTokens": "Revoke All Client Tokens…",
  "fusion.exportHistory": "Export History…",
  "fusion.importHistory": "Import History…",
  "fusion.openSample": "Open Sample Workspace",
  "fusion.signInToGitHub": "Sign In to GitHub…",
  "fusion.snoozeAlert": "Snooze Alert for 1 h",
  "fusion.muteAlert": "Mute Alert",
  "fusion.unmuteAlert": "Unmute Alert",
};

describe("manifest", () => {
  it("names every command as promised, and each is there", async () => {
    const { packageJSON } = await activeExtension();
    const contributed: { command: string; title: string; category: string }[] =
      packageJSON.contributes.commands;
    assert.deepEqual(Object.fromEntries(contributed.map(({ command, title }) => [command, title])), TITLES);
    assert.ok(contributed.every(({ category }) => category === "Fusion"));
    const registered = await vscode.commands.getCommands(true);
    for (const command of Object.keys(TITLES)) assert.ok(registered.includes(command), command);
  });

  it("activates after startup, with VS Code 1.101 as its floor", async () => {
    const { packageJSON } = await activeExtension();
    assert.ok(packageJSON.activationEvents.includes("onStartupFinished"));
    assert.ok(!packageJSON.activationEvents.includes("*"));
    assert.equal(packageJSON.engines.vscode, "^1.101.0");
    assert.deepEqual(packageJSON.extensionKind, ["workspace"]);
  });

  it("gives the settings their promised defaults", async () => {
    await activeExtension();
    const configuration = vscode.workspace.getConfiguration("fusion");
    const defaults = [
      "interval",
      "staleAfter",
      "server.port",
      "server.allowedOrigins",
      "statusBar.metric",
      "openOnStartup",
      "github.apiUrl",
      "notifications",
      "log.file",
      "history.retentionDays",
      "statusBar.format",
      "privacyMode",
    ].map((name) => configuration.inspect(name)?.defaultValue);
    const origins = ["http://localhost:3000", "http://localhost:3001", "http://localhost:4000"];
    assert.deepEqual(defaults, [
      5,
      10,
      4000,
      origins,
      "revenue",
      false,
      "https://api.github.com",
      "warnings",
      "",
      400,
      "full",
      false,
    ]);
  });
});
