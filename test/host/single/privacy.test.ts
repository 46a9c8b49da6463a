import assert from "node:assert/strict";
import * as vscode from "vscode";
import { Privacy } from "../../../src/vscode/privacy.js";
import { Settings } from "../../../src/vscode/settings.js";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

/** As VS Code's own: what is set is there at once. */
class Memento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }
}

describe("privacy mode", () => {
  let privacy: Privacy;
  const set = (on: boolean | undefined) =>
    vscode.workspace.getConfiguration("fusion").update("privacyMode", on, vscode.ConfigurationTarget.Global);

  before(async () => {
    await activeExtension();
    privacy = new Privacy(new Memento(), new Settings());
  });
  after(async () => {
    await set(undefined);
    privacy.dispose();
  });

  it("follows the setting again once that changes, whatever was chosen before", async () => {
    await set(true);
    await waitFor(() => privacy.isOn);
    await privacy.toggle();
    assert.equal(privacy.isOn, false, "chosen");
    await set(false);
    assert.equal(privacy.isOn, false);
    await set(true);
    await waitFor(() => privacy.isOn, { message: "the setting to count" });
    await privacy.toggle();
    await privacy.toggle();
    await set(false);
    await waitFor(() => !privacy.isOn, { message: "the setting to count" });
  });
});
