import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

const BROKEN = `{
  // A slip of the finger
  "metrics": {
    "drafts": { "files": "memos/**/*.md", "agregate": "count" },
  },
}
`;

function configUri(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, "fusion.json");
}

function diagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Fusion");
}

describe("fusion.json in the editor", () => {
  before(() => activeExtension());

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await rm(configUri().fsPath, { force: true });
    await waitFor(() => diagnostics(configUri()).length === 0, {
      message: "the problems to go with the file",
    });
  });

  it("shows a problem on its line though no editor has the file, and mends it by a quick fix", async () => {
    const uri = configUri();
    await writeFile(uri.fsPath, BROKEN);
    const found = await waitFor(() => diagnostics(uri)[0], { message: "a problem" });
    assert.equal(found.range.start.line, 3);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.match(found.message, /Did you mean "aggregate"/);

    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, "jsonc");
    const fix = await waitFor(
      async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          "vscode.executeCodeActionProvider",
          uri,
          found.range,
          vscode.CodeActionKind.QuickFix.value,
        );
        return actions.find(({ title }) => title.includes("aggregate"));
      },
      { message: "the quick fix" },
    );
    assert.equal(fix.isPreferred, true);
    assert.ok(fix.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /"aggregate": "count"/);
    await waitFor(() => diagnostics(uri).length === 0, { message: "the problem to go" });
    assert.ok(await document.save());
  });

  it("follows the text while it is typed", async () => {
    const uri = configUri();
    await writeFile(uri.fsPath, "{}\n");
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, 1, 0), '{\n  "cards": ["revenue" "memos"]\n}\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const found = await waitFor(() => diagnostics(uri)[0], { message: "a problem" });
    assert.equal(found.range.start.line, 1);
    assert.match(found.message, /"," is missing/);
  });
});
