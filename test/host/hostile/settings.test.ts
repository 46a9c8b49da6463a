import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { activeExtension, commandCenterTabs, DEFAULT_PORT, listens } from "../../support/extensionHost.js";
import { StreamClient } from "../../support/streamClient.js";
import { waitFor } from "../../support/waitFor.js";

/** What `.vscode/settings.json` of this window's workspace says is in `scenarios.mjs`. */
describe("a trusted workspace with hostile settings", () => {
  before(async () => {
    await activeExtension();
    await waitFor(() => listens(DEFAULT_PORT), { timeout: 20_000, message: "the server to listen" });
  });

  const read = (name: string) => vscode.workspace.getConfiguration("fusion").get(name);
  const given = (name: string) => vscode.workspace.getConfiguration().inspect(name)?.workspaceValue;

  it("is really read", () => {
    assert.equal(given("fusion.statusBar.metric"), "memos");
    assert.equal(read("statusBar.metric"), "memos");
  });

  it("sets nothing that is the user's alone", () => {
    const origins = ["http://localhost:3000", "http://localhost:3001", "http://localhost:4000"];
    assert.deepEqual(read("server.allowedOrigins"), origins);
    assert.equal(read("github.apiUrl"), "https://api.github.com");
  });

  it("lets no page of its own in", async () => {
    assert.equal(await statusFor({ Origin: "https://evil.example" }), 403);
    assert.equal(await statusFor({ Origin: "null" }), 403);
    assert.equal(await statusFor({ Host: `evil.example:${DEFAULT_PORT}` }), 403);
    assert.equal(await statusFor({}), 401, "what it calls authentication does not count");
  });

  it("does not take the server off the loopback address, nor to a port that is none", async () => {
    assert.equal(given("fusion.server.host"), "0.0.0.0");
    const outside = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of outside) assert.equal(await listens(DEFAULT_PORT, address), false, address);
  });

  it("writes no log outside of its folder", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.commands.executeCommand("fusion.refresh");
    await vscode.commands.executeCommand("fusion.refresh");
    assert.ok(!existsSync(join(dirname(folder.uri.fsPath), "outside.log")));
  });

  it("gets its data shown all the same, whatever is out of range", async () => {
    const { revenue } = await (await StreamClient.connect()).snapshot();
    assert.equal(revenue, 12450);
    assert.ok(commandCenterTabs().length <= 1);
  });
});

function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: DEFAULT_PORT, path: "/api/fusion/stream", headers };
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
