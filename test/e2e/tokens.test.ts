import assert from "node:assert/strict";
import { io, type Socket } from "socket.io-client";
import type { Refusal } from "../../src/protocol/events.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const MANAGE = "Fusion: Manage Client Tokens…";

describe("Manage Client Tokens… in VS Code", () => {
  let sample: SampleWorkspace;
  let workbench: Workbench;
  let url: string;
  const sockets: Socket[] = [];

  before(async () => {
    sample = await sampleWorkspace();
    workbench = await launchWorkbench({ folder: sample.folder });
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const panel = await workbench.panel();
    await panel.locator('[data-metric="revenue"][data-value="12450"]').waitFor();
    await workbench.answer("Fusion: Copy Client Connection…", "Read", "Address and token");
    [url = ""] = (await waitFor(clipboard)).split("\n");
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await workbench?.close();
    await sample?.remove();
  });

  const widget = () => workbench.page.locator(".quick-input-widget");
  const field = () => widget().locator('input[type="text"]');
  const asksTo = (placeholder: string | RegExp) =>
    widget().getByPlaceholder(placeholder).waitFor({ state: "visible" });
  const row = (text: string) => widget().locator(".monaco-list-row").filter({ hasText: text });
  const picks = async (label: string) => {
    await field().fill(label);
    await widget().getByText(label, { exact: true }).first().click();
  };
  const clipboard = () => workbench.page.evaluate(() => navigator.clipboard.readText());
  const confirm = (button: string) =>
    workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true }).click();

  /** Opens the list; a page that takes the focus back late closes it, as it would for a person, who then asks again. */
  const list = (name: string) =>
    waitFor(
      async () => {
        await workbench.runCommand(MANAGE);
        return await row(name).first().innerText({ timeout: 5_000 });
      },
      { timeout: 60_000, message: `"${name}" in the list` },
    );

  /** Makes a token as a person does, and gives what ends up in the clipboard. */
  async function make(name: string, metrics: readonly string[]): Promise<string> {
    await workbench.answer(MANAGE, "New token…");
    await asksTo("Wall display");
    await workbench.inputBox(name);
    await asksTo("What may the client do?");
    await picks("Read and refresh");
    await asksTo(/^Which metrics may it see/);
    for (const metric of metrics) await row(metric).first().click();
    await field().press("Enter");
    await asksTo("How long is it valid?");
    await picks("1 hour");
    const notice = widget().filter({ hasText: "it is not shown again" });
    await notice.waitFor({ state: "visible" });
    const shown = await field().inputValue();
    await field().press("Enter");
    await waitFor(async () => (await clipboard()) === shown, { message: "the token in the clipboard" });
    await notice.waitFor({ state: "hidden" });
    return shown;
  }

  function connect(token: string) {
    const socket = io(url, { auth: { token }, forceNew: true, reconnection: false });
    sockets.push(socket);
    const updates: Snapshot[] = [];
    const ends: Refusal[] = [];
    socket.on("fusionUpdate", (snapshot: Snapshot) => updates.push(snapshot));
    socket.on("fusionEnd", (reason: Refusal) => ends.push(reason));
    return { socket, updates, ends };
  }

  it("makes a token for some metrics, shows who uses it, and ends that when it is revoked", async () => {
    const token = await make("Wall display", ["MRR"]);
    const { socket, updates, ends } = connect(token);
    const [update] = await waitFor(() => updates.length > 0 && updates);
    assert.deepEqual(Object.keys(update?.metrics ?? {}), ["revenue"]);

    const text = await list("Wall display");
    assert.match(text, /In use now/);
    assert.match(text, /Read and refresh · revenue/);
    assert.match(text, /Expires in (1 h|59 min)/);
    await row("Copied: Address and token").filter({ hasText: "Never used" }).waitFor({ state: "visible" });
    assert.ok(!(await widget().innerText()).includes(token.split(".")[2] ?? "none"));

    await row("Wall display").hover();
    await row("Wall display").getByRole("button", { name: "Revoke…" }).click();
    await confirm("Revoke");
    await waitFor(() => socket.disconnected, { message: "the client to be disconnected" });
    assert.deepEqual(
      ends.map(({ error }) => error.message),
      ["The token was revoked."],
    );
    await row("Wall display").filter({ hasText: "Revoked just now" }).waitFor({ state: "visible" });
    await workbench.page.keyboard.press("Escape");
    const headers = { Authorization: `Bearer ${token}` };
    assert.equal((await fetch(`${url}/api/fusion/stream`, { headers })).status, 401);
  });

  it("revokes by the keyboard, and all at once", async () => {
    const [one, other] = [connect(await make("One", [])), connect(await make("Other", []))];
    await waitFor(() => one.updates.length > 0 && other.updates.length > 0);
    assert.ok(Object.keys(other.updates[0]?.metrics ?? {}).length >= 4, "all metrics where none is chosen");
    await workbench.answer(MANAGE, "One", "Revoke…");
    await confirm("Revoke");
    await waitFor(() => one.socket.disconnected);
    assert.ok(other.socket.connected);
    await row("New token…").waitFor({ state: "visible" });
    await workbench.page.keyboard.press("Escape");

    await workbench.runCommand("Fusion: Revoke All Client Tokens…");
    await confirm("Revoke All");
    await waitFor(() => other.socket.disconnected);
    assert.equal(other.ends[0]?.error.message, "The token was revoked.");
    const panel = await workbench.panel();
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    await list("New token…");
    await waitFor(async () => (await row("").count()) === 1, { message: "the list to be empty" });
  });
});
