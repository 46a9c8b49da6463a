import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";

describe("loading", () => {
  it("imports VS Code and each module of Node.js once, for all files of the bundle", async () => {
    const imports = [...(await bundle()).matchAll(/require\("(vscode|node:[^"]+)"\)/g)].map(
      ([, name]) => name,
    );
    assert.ok(imports.includes("vscode"));
    assert.deepEqual(imports, [...new Set(imports)]);
  });

  it("leaves Socket.IO and the tokens to a bundle of their own, loaded after activation", async () => {
    assert.doesNotMatch(await bundle(), /node_modules\/(socket\.io|engine\.io|ws|jose)\//);
    const activated = performance.getEntriesByName("fusion/activate/end").at(-1);
    const loaded = await waitFor(() => performance.getEntriesByName("fusion/server/load")[0], {
      message: "the server to be loaded",
    });
    assert.ok(activated && loaded.startTime > activated.startTime);
  });
});

/** What VS Code loads to activate the extension. */
async function bundle(): Promise<string> {
  const { extensionPath } = await activeExtension();
  return readFileSync(join(extensionPath, "dist/extension.js"), "utf8");
}
