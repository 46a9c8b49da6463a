import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Disposable, FusionExports, FusionSource } from "../../../docs/fusion-data-stream.js";
import { companion } from "../../support/companion.js";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";
import type { Companion } from "../companion/extension.js";

const FAILING = "acme.ci/failing";

describe("the API for other extensions", () => {
  let exported: FusionExports;
  let other: Companion;
  let source: Disposable | null = null;

  before(async () => {
    exported = (await activeExtension()).exports as FusionExports;
    other = await companion();
    await waitFor(() => other.api.latest, { message: "the first snapshot" });
  });
  afterEach(() => {
    source?.dispose();
    source = null;
  });

  const metric = () => other.api.latest?.metrics[FAILING];
  const shows = (value: unknown) =>
    waitFor(() => metric()?.value === value, { message: `${FAILING} to be ${value}` });
  const gone = () => waitFor(() => metric() === undefined, { message: "the metric to go" });

  it("has version 1 and no other, the same for everyone who asks", () => {
    assert.equal(exported.getApi(1), other.api);
    assert.equal(other.api.version, 1);
    for (const version of [0, 2, "1", undefined])
      assert.throws(() => exported.getApi(version as 1), {
        name: "RangeError",
        message: `Fusion has no API of version ${version}. Ask for 1, or update Fusion.`,
      });
  });

  it("tells the newest snapshot at once, but not within the call, and all that follow", async () => {
    const sequences: number[] = [];
    const subscription = other.api.onSnapshot(({ sequence }) => sequences.push(sequence));
    assert.deepEqual(sequences, []);
    await Promise.resolve();
    assert.deepEqual(sequences, [other.api.latest?.sequence]);
    await vscode.commands.executeCommand("fusion.refresh");
    assert.ok(sequences.length > 1);
    subscription.dispose();
    const { length } = sequences;
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(sequences.length, length);
    assert.ok(other.seen.length > 1, "the companion has its own");
  });

  it("tells nothing to who has unsubscribed before the first snapshot", async () => {
    let told = 0;
    other.api.onSnapshot(() => told++).dispose();
    await vscode.commands.executeCommand("fusion.refresh");
    assert.equal(told, 0);
  });

  it("gives snapshots that nobody can change, and goes on when a listener throws", async () => {
    const { latest } = other.api;
    assert.ok(latest);
    assert.equal(other.api.latest, latest);
    for (const change of [
      () => Object.assign(latest, { revenue: 0 }),
      () => Object.assign(latest.metrics, { revenue: null }),
      () => (latest.cards as string[]).pop(),
    ])
      assert.throws(change, TypeError);
    const subscription = other.api.onSnapshot(() => {
      throw new Error("a listener's own trouble");
    });
    const seen = other.seen.length;
    await vscode.commands.executeCommand("fusion.refresh");
    subscription.dispose();
    assert.ok(other.seen.length > seen);
  });

  it("takes a source, whose values are metrics and change at once, until it is disposed of", async () => {
    source = other.register();
    await shows(2);
    const { label, icon, origin, available, error } = metric() ?? {};
    assert.deepEqual([label, icon, available, error], ["Failing builds", "error", true, null]);
    assert.deepEqual(origin, { kind: "extension", extension: "Acme CI", name: "failing" });
    assert.ok(other.api.latest?.cards.includes(FAILING));
    assert.equal(other.api.latest?.metrics["acme.ci/branch"]?.value, "main");
    other.give(() => ({ failing: 5, branch: "main" }));
    await shows(5);
    assert.equal(metric()?.previous, 2);
    source.dispose();
    source.dispose();
    await gone();
  });

  it("records such values in the history", async () => {
    other.give(() => ({ failing: 11, branch: "main" }));
    source = other.register();
    await shows(11);
    const folder = mkdtempSync(join(tmpdir(), "fusion-test-"));
    const uri = vscode.Uri.file(join(folder, "history.csv"));
    const range = { from: -8.64e15, to: 8.64e15 };
    try {
      await waitFor(
        async () => {
          const asked = { uri, format: "csv", range, metrics: [FAILING] };
          await vscode.commands.executeCommand("fusion.exportHistory", asked);
          return /^acme\.ci\/failing,[^,]+,number,11\r$/m.test(readFileSync(uri.fsPath, "utf8"));
        },
        { message: "the value in the history" },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("lets fusion.json name such metrics", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const config = vscode.Uri.joinPath(workspace.uri, "fusion.json");
    const text = JSON.stringify({ cards: [FAILING, "memos"], alerts: [{ metric: FAILING, above: 1_000 }] });
    source = other.register();
    await vscode.workspace.fs.writeFile(config, Buffer.from(text));
    try {
      await waitFor(() => other.api.latest?.cards.length === 2, { message: "the two cards" });
      assert.deepEqual(other.api.latest?.cards, [FAILING, "memos"]);
      assert.deepEqual(vscode.languages.getDiagnostics(config), []);
    } finally {
      await vscode.workspace.fs.delete(config);
    }
  });

  it("keeps the last good value, marked, while the source throws, is slow, or gives what is no value", async () => {
    other.give(() => ({ failing: 3, branch: "main" }));
    source = other.register();
    await shows(3);
    other.give(() => {
      throw new Error("the build server is down");
    });
    await waitFor(() => metric()?.stale);
    assert.deepEqual([metric()?.value, metric()?.available], [3, false]);
    assert.equal(
      metric()?.error,
      "The extension Acme CI could not give its values: the build server is down",
    );
    other.give(() => ({ failing: Number.NaN, branch: "topic" }));
    await waitFor(() => /gave NaN for "failing"/.test(metric()?.error ?? ""));
    assert.deepEqual([metric()?.value, metric()?.stale], [3, true]);
    let answer = (_: { failing: number; branch: string }) => {};
    other.give(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const begun = performance.now();
    await vscode.commands.executeCommand("fusion.refresh");
    assert.ok(performance.now() - begun < 5_000, "nobody waits for it");
    assert.equal(metric()?.value, 3);
    answer({ failing: 4, branch: "main" });
    await shows(4);
    assert.deepEqual([metric()?.stale, metric()?.error], [false, null]);
  });

  it("refuses a source that is not right, or that is there already, and says why", async () => {
    const refuses = (register: () => unknown, message: RegExp) =>
      assert.throws(register, { name: "TypeError", message });
    const read = () => ({});
    const metrics = { failing: { label: "Failing" } };
    for (const who of [undefined, {}, { id: "nobody.here" }])
      refuses(() => other.api.registerSource(who as { id: string }, { metrics, read }), /context\.extension/);
    refuses(() => other.register({ metrics: {} }), /1 to 100 metrics/);
    refuses(() => other.register({ metrics: { "a/b": { label: "X" } } }), /"a\/b" is not/);
    refuses(() => other.register({ read: "no" as unknown as FusionSource["read"] }), /at "read"/);
    refuses(() => other.api.onSnapshot("no" as unknown as () => void), /takes a function/);
    source = other.register();
    refuses(() => other.register(), /There is a metric "acme\.ci\/failing" already/);
    source.dispose();
    source = other.register();
  });

  it("is loaded only when it is asked for", async () => {
    const { extensionPath } = await activeExtension();
    const bundle = readFileSync(join(extensionPath, "dist/extension.js"), "utf8");
    assert.doesNotMatch(bundle, /class ExtensionApi\b/);
    assert.match(bundle, /require\(".\/vscode\/fusionApi\.js"\)/);
  });
});
