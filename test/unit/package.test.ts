import assert from "node:assert/strict";
import { listFiles, PackageManager } from "@vscode/vsce";

/** Everything that ships, besides the product's own bundles. */
const SHIPPED =
  /^(package(\.nls(\.ar)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|SECURITY\.md|l10n\/bundle\.l10n\.ar\.json|media\/[\w-]+\.png|media\/activityBar\.svg|media\/walkthrough\/\w+\.svg|media\/fusion\.schema\.json|docs\/fusion-data-stream\.d\.ts|data\/[\w./]+)$/;
const BUNDLES = [
  "dist/THIRD_PARTY_LICENSES.txt",
  "dist/cli.js",
  "dist/cli/command.js",
  "dist/cli/tokenCommands.js",
  "dist/core/config/fusionConfig.js",
  "dist/core/history/historyWorker.js",
  "dist/core/sources/evaluationWorker.js",
  "dist/extension.js",
  "dist/packages/jose.js",
  "dist/packages/picomatch.js",
  "dist/server/fusionServer.js",
  "dist/server/inProcess.js",
  "dist/server/prometheus.js",
  "dist/server/sockets.js",
  "dist/server/tokenRegister.js",
  "dist/vscode/addAlert.js",
  "dist/vscode/addMetric.js",
  "dist/vscode/arrangeCards.js",
  "dist/vscode/configDocument.js",
  "dist/vscode/fusionApi.js",
  "dist/vscode/manageTokens.js",
  "dist/vscode/panelDocument.js",
  "dist/vscode/sidebarRows.js",
  "dist/vscode/statusBarPicker.js",
  "dist/webview/codicon.ttf",
  "dist/webview/outline.css",
  "dist/webview/panel.css",
  "dist/webview/panel.js",
  "dist/webview/trends.js",
];

describe("package", () => {
  it("holds the bundles and what a user reads, and no tests, maps or sources", async function () {
    // The packer looks at every file of the folder, the cached VS Code among them.
    this.timeout(180_000);
    const files = await listFiles({ packageManager: PackageManager.None });
    assert.deepEqual(files.filter((file) => !SHIPPED.test(file)).sort(), BUNDLES);
    for (const file of [
      "package.json",
      "README.md",
      "SECURITY.md",
      "data/memo_index.json",
      "docs/fusion-data-stream.d.ts",
      "l10n/bundle.l10n.ar.json",
      "media/icon.png",
      "media/activityBar.svg",
      "media/walkthrough/live.svg",
    ]) {
      assert.ok(files.includes(file), file);
    }
  });
});
