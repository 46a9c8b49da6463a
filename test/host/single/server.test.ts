import assert from "node:assert/strict";
import { request } from "node:http";
import * as vscode from "vscode";
import { activeExtension, DEFAULT_PORT, listens } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

const OTHER_PORT = 4_760;
const LAST_PORT = 4_770;

describe("server", () => {
  before(async () => {
    await activeExtension();
    await waitFor(() => listens(DEFAULT_PORT), { message: "the server to listen" });
  });
  after(() => vscode.workspace.getConfiguration("fusion").update("server.port", undefined, true));

  const statusOf = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        { host: "127.0.0.1", port: DEFAULT_PORT, path: "/api/fusion/stream", headers },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.on("error", reject);
      asked.end();
    });

  it("lets nobody in without a token, under a foreign name or from a foreign page", async () => {
    assert.equal(await statusOf({}), 401);
    assert.equal(await statusOf({ Host: "fusion.example:4000" }), 403);
    assert.equal(await statusOf({ Origin: "https://evil.example" }), 403);
  });

  it("moves to another port when the setting changes", async () => {
    await vscode.workspace.getConfiguration("fusion").update("server.port", OTHER_PORT, true);
    await waitFor(() => listens(OTHER_PORT), { message: "the new port" });
    await waitFor(async () => !(await listens(DEFAULT_PORT)), { message: "the old port to be free" });
  });

  it("is where the last of several changes put it, though they come while it starts", async () => {
    const settings = vscode.workspace.getConfiguration("fusion");
    for (const port of [OTHER_PORT + 1, OTHER_PORT + 2, LAST_PORT]) {
      await settings.update("server.port", port, true);
    }
    await waitFor(() => listens(LAST_PORT), { message: "the last port" });
    await waitFor(
      async () =>
        !(await listens(OTHER_PORT)) && !(await listens(OTHER_PORT + 1)) && !(await listens(OTHER_PORT + 2)),
      { message: "the ports before to be free" },
    );
    assert.ok(await listens(LAST_PORT));
  });
});
