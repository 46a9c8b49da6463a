import assert from "node:assert/strict";
import { connect } from "node:net";
import { io } from "socket.io-client";
import { GitRepository } from "../support/gitRepository.js";
import { isRunning } from "../support/hangingGit.js";
import { listenerOf } from "../support/listener.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

describe("A window that is closed", () => {
  let folder: GitRepository;
  let workbench: Workbench;
  before(async () => {
    folder = new GitRepository();
    folder.write({ "revenue_snapshot.json": '{"mrr": 12450}' });
    workbench = await launchWorkbench({ folder: folder.path });
  });
  after(async () => {
    await workbench?.close();
    folder?.dispose();
  });

  const isOpen = (port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });

  it("leaves nothing within 2 s: no port and no thread, whoever is connected", async () => {
    const item = workbench.statusBarItem("fusion.status");
    const port = await waitFor(async () => Number(/127\.0\.0\.1:(\d+)/.exec(await item.tooltip())?.[1]));
    const host = listenerOf(port);
    assert.ok(host !== null && (await isOpen(port)));
    // Refused without a token, and then held open until the server closes it.
    const idle = connect(port, "127.0.0.1").on("error", () => undefined);
    const client = io(`http://127.0.0.1:${port}`, { auth: {}, reconnection: true });
    try {
      await workbench.page.close();
      await waitFor(async () => !(await isOpen(port)), { timeout: 60_000, message: "the port to be closed" });
      await waitFor(() => !isRunning(host), {
        timeout: 2_000,
        message: "the end of the extension host and its threads",
      });
    } finally {
      client.disconnect();
      idle.destroy();
    }
  });
});
