import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { HistoryImport } from "../../../src/protocol/history.js";
import { activeExtension, closeCommandCenter } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

const EVER = { from: -8.64e15, to: 8.64e15 };

describe("history", () => {
  let folder: string;
  before(async () => {
    await activeExtension();
    await closeCommandCenter();
    folder = mkdtempSync(join(tmpdir(), "fusion-test-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const exported = async (format: "csv" | "json", metrics: readonly string[] | null): Promise<string> => {
    const uri = vscode.Uri.file(join(folder, `history.${format}`));
    await vscode.commands.executeCommand("fusion.exportHistory", { uri, format, range: EVER, metrics });
    return readFileSync(uri.fsPath, "utf8");
  };
  const imported = (name: string) =>
    vscode.commands.executeCommand<HistoryImport | undefined>(
      "fusion.importHistory",
      vscode.Uri.file(join(folder, name)),
    );

  it("records what changes while the panel is closed, and exports it", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const file = join(workspace.uri.fsPath, "revenue_snapshot.json");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace(/"mrr":\s*\d+/, '"mrr": 23456'));
    try {
      const rows = await waitFor(
        async () => {
          const text = await exported("csv", ["revenue"]);
          return /^revenue,[^,]+Z,number,23456\r$/m.test(text) && text;
        },
        { message: "the change in the history" },
      );
      assert.doesNotMatch(rows, /^memos,/m);
      assert.match(await exported("json", null), /"metric":"memos"/);
    } finally {
      writeFileSync(file, before);
    }
  });

  it("takes an exported file back in, which changes nothing", async () => {
    for (const format of ["csv", "json"] as const) {
      await exported(format, null);
      const report = await imported(`history.${format}`);
      assert.ok(report);
      assert.deepEqual([report.added, report.refused], [0, 0]);
      assert.ok(report.known > 0);
    }
  });

  it("imports what is new, and tells which lines it refused", async () => {
    const at = "2001-01-01T00:00:00Z";
    writeFileSync(
      join(folder, "more.csv"),
      `metric,time,kind,value\nold,${at},number,7\nold,never,number,8\n`,
    );
    const report = await imported("more.csv");
    assert.deepEqual([report?.added, report?.refused, report?.refusals[0]?.line], [1, 1, 3]);
    assert.match(await exported("csv", ["old"]), /^old,2001-01-01T00:00:00\.000Z,number,7\r$/m);
    assert.equal(await imported("more.txt"), undefined);
  });

  it("leaves nothing half-written beside the file, nor where it cannot be written", async () => {
    await exported("csv", null);
    const uri = vscode.Uri.file(join(folder, "missing", "history.csv"));
    await vscode.commands.executeCommand("fusion.exportHistory", {
      uri,
      format: "csv",
      range: EVER,
      metrics: null,
    });
    assert.deepEqual(readdirSync(folder).sort(), ["history.csv", "history.json", "more.csv"]);
  });
});
