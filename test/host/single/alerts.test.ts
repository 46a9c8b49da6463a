import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { Alert } from "../../../src/protocol/alerts.js";
import { activeExtension } from "../../support/extensionHost.js";
import { StreamClient } from "../../support/streamClient.js";
import { waitFor } from "../../support/waitFor.js";

const CONFIG = '{ "alerts": [{ "metric": "revenue", "below": 10000, "severity": "error" }] }';

describe("an alert of fusion.json", () => {
  let client: StreamClient;
  let revenue: string;

  before(async () => {
    await activeExtension();
    client = await StreamClient.connect();
    revenue = await readFile(pathOf("revenue_snapshot.json"), "utf8");
    await writeFile(pathOf("fusion.json"), CONFIG);
    await writeFile(pathOf("revenue_snapshot.json"), '{"mrr": 9800}');
  });

  after(async () => {
    await rm(pathOf("fusion.json"), { force: true });
    await writeFile(pathOf("revenue_snapshot.json"), revenue);
    await waitFor(async () => (await client.alerts())[0]?.state !== "firing", {
      message: "the alert to end",
    });
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("fires, is snoozed, muted and heard again by its commands, and opens what it is about", async () => {
    const fired = await firing(() => true);
    assert.equal(fired.message, "MRR is $9,800, below $10,000.");
    assert.equal(fired.severity, "error");
    assert.equal(fired.muted, false);

    await vscode.commands.executeCommand("fusion.snoozeAlert", fired);
    await firing(({ muted }) => muted);
    await vscode.commands.executeCommand("fusion.unmuteAlert", fired);
    await firing(({ muted }) => !muted);
    await vscode.commands.executeCommand("fusion.muteAlert", fired);
    await firing(({ muted }) => muted);
    await vscode.commands.executeCommand("fusion.unmuteAlert", fired);
    await firing(({ muted }) => !muted);

    await vscode.commands.executeCommand("fusion.openAlert", fired);
    await waitFor(
      () => vscode.window.activeTextEditor?.document.uri.fsPath === pathOf("revenue_snapshot.json"),
      {
        message: "the metric's file",
      },
    );
  });

  it("is snoozed, muted and heard again by its id, as the panel's buttons ask for it", async () => {
    const { id } = await firing(({ muted }) => !muted);
    for (const [command, muted] of [
      ["fusion.snoozeAlert", true],
      ["fusion.unmuteAlert", false],
      ["fusion.muteAlert", true],
      ["fusion.unmuteAlert", false],
    ] as const) {
      await vscode.commands.executeCommand(command, id);
      await firing((alert) => alert.muted === muted);
    }
  });

  /** The alert on the revenue, once it fires so. */
  function firing(so: (alert: Alert) => boolean): Promise<Alert> {
    return waitFor(
      async () =>
        (await client.alerts()).find((alert) => {
          return alert.metric === "revenue" && alert.state === "firing" && so(alert);
        }),
      { message: "the alert" },
    );
  }
});

function pathOf(file: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, file).fsPath;
}
