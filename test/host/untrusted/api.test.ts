import assert from "node:assert/strict";
import * as vscode from "vscode";
import { companion } from "../../support/companion.js";
import { waitFor } from "../../support/waitFor.js";

describe("the API in Restricted Mode", () => {
  it("tells snapshots, and reads no source", async () => {
    const other = await companion();
    await waitFor(() => other.seen.length > 0, { message: "a snapshot" });
    const source = other.register();
    other.give(() => ({ failing: 1, branch: "main" }));
    await vscode.commands.executeCommand("fusion.refresh");
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(other.reads, 0);
    assert.equal(other.api.latest?.metrics["acme.ci/failing"], undefined);
    source.dispose();
  });
});
