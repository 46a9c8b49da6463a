import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "Emma_KnowledgeBase/Logs/fusion.log";

describe("log file", () => {
  before(activeExtension);
  const set = (file: string | undefined) =>
    vscode.workspace.getConfiguration("fusion").update("log.file", file, true);
  afterEach(() => set(undefined));

  const path = (file: string) => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", file);
  const content = (file: string) => (existsSync(path(file)) ? readFileSync(path(file), "utf8") : "");

  it("is written while the setting names one, and no longer", async () => {
    await set(FILE);
    await vscode.commands.executeCommand("fusion.refresh");
    await waitFor(() => /📤 Fusion update emitted \[\d+\] at .*\n.*Connected clients: /.test(content(FILE)), {
      message: "the emission in the file",
    });
    await set(undefined);
    const before = content(FILE);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(content(FILE), before);
  });

  it("is not written outside of the workspace folder", async () => {
    await set("../outside.log");
    await vscode.commands.executeCommand("fusion.refresh");
    await set("logs/inside.log");
    await vscode.commands.executeCommand("fusion.refresh");
    await waitFor(() => content("logs/inside.log") !== "", { message: "the next file" });
    assert.ok(!existsSync(path("../outside.log")));
  });
});
