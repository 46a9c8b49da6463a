import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { io, type Socket } from "socket.io-client";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

describe("other programs", () => {
  let sample: SampleWorkspace;
  let workbench: Workbench;
  let sockets: Socket[];

  before(async () => {
    sample = await sampleWorkspace();
    workbench = await launchWorkbench({ folder: sample.folder });
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench.panel();
  });
  beforeEach(() => {
    sockets = [];
  });
  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
  });

  async function copied(scope: string, format: string): Promise<string> {
    await workbench.page.evaluate(() => navigator.clipboard.writeText(""));
    await workbench.answer("Fusion: Copy Client Connection…", scope, format);
    return waitFor(() => workbench.page.evaluate(() => navigator.clipboard.readText()));
  }
  async function connection(scope: string) {
    const [url = "", token = ""] = (await copied(scope, "Address and token")).trim().split("\n");
    return { url, token, headers: { Authorization: `Bearer ${token}` } };
  }
  function connect(url: string, token: string): Socket {
    const socket = io(url, { auth: { token }, forceNew: true });
    sockets.push(socket);
    return socket;
  }

  it("find the stream by the copied address and token", async () => {
    const { url, token, headers } = await connection("Read");
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await (await fetch(`${url}/api/fusion/stream`, { headers })).json();
    assert.equal(answer.ok, true);
    assert.equal(answer.data.revenue, 12450);
    assert.equal((await fetch(`${url}/api/fusion/stream`)).status, 401);

    const updates: Snapshot[] = [];
    connect(url, token).on("fusionUpdate", (snapshot: Snapshot) => updates.push(snapshot));
    await waitFor(() => updates[0]?.revenue === 12450);
    writeFileSync(join(sample.folder, "revenue_snapshot.json"), '{"mrr": 12999}');
    await waitFor(() => updates.at(-1)?.revenue === 12999);
  });

  it("run the copied snippets as they are", async () => {
    const curl = await copied("Read", "curl");
    assert.match(
      curl,
      /^curl -H "Authorization: Bearer [\w.-]+" http:\/\/127\.0\.0\.1:\d+\/api\/fusion\/stream\n$/,
    );
    assert.match(
      await copied("Read", "socket.io-client"),
      /io\("http:\/\/127\.0\.0\.1:\d+", \{ auth: \{ token: "[\w.-]+" \} \}\)/,
    );
  });

  it("may do what their token says, and everyone stays in step", async () => {
    const reader = await connection("Read");
    const body = { method: "POST", body: '{"minutes": 4}' };
    const post = ({ url, headers }: { url: string; headers: Record<string, string> }) =>
      fetch(`${url}/api/fusion/emitter/interval`, {
        ...body,
        headers: { ...headers, "Content-Type": "application/json" },
      });
    assert.equal((await post(reader)).status, 403);

    const controller = await connection("Control");
    assert.deepEqual(await (await post(controller)).json(), { ok: true, interval: { minutes: 4 } });
    const select = (await workbench.panel()).locator('[data-testid="interval"]');
    await waitFor(async () => (await select.inputValue()) === "4");

    const reply = await connect(controller.url, controller.token).emitWithAck("fusionInterval", {
      minutes: 6,
    });
    assert.deepEqual(reply, { ok: true, interval: { minutes: 6 } });
    await waitFor(async () => (await select.inputValue()) === "6");
    const current = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "current" });
    await waitFor(async () => {
      await workbench.runCommand("Fusion: Change Update Interval…");
      return /6 minutes/.test(await current.innerText({ timeout: 2_000 }));
    });
    await workbench.page.keyboard.press("Escape");
  });

  it("are counted", async () => {
    const { url, token, headers } = await connection("Read");
    const clients = async () => {
      const health = await (await fetch(`${url}/api/fusion/emitter/health`, { headers })).json();
      return health.metrics.connectedClients;
    };
    const before = await clients();
    const socket = connect(url, token);
    await waitFor(async () => (await clients()) === before + 1);
    socket.disconnect();
    await waitFor(async () => (await clients()) === before);
  });

  it("are refused from a foreign page in a browser", async () => {
    const { url, token } = await connection("Control");
    // The workbench's own page is not on the list of permitted origins.
    const outcome = await workbench.page.evaluate(
      async ({ url, token }) => {
        const answer = fetch(`${url}/api/fusion/stream`, { headers: { Authorization: `Bearer ${token}` } });
        return answer.then(
          ({ status }) => `answered ${status}`,
          () => "refused",
        );
      },
      { url, token },
    );
    assert.equal(outcome, "refused");
  });
});
