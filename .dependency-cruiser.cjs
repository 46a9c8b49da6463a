/** The layers: an import only points down. Checked by `npm run layers`. */
const layer = (name, from, forbidden, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: forbidden },
});

const EDITOR = "^src/(vscode/|extension\\.ts)";
const SOCKET_IO = "node_modules/(socket\\.io|engine\\.io|ws)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "A cycle hides which of its files comes first.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "protocol-imports-nothing",
      comment: "Every side shares it, so it stands on nothing.",
      severity: "error",
      from: { path: "^src/protocol/" },
      to: { pathNot: "^(src/protocol/|node_modules/@vscode/l10n/)" },
    },
    {
      name: "protocol-is-given-its-translator",
      comment: "Each side has translations of its own: only the translator's type is shared.",
      severity: "error",
      from: { path: "^src/protocol/" },
      to: { path: "^node_modules/@vscode/l10n/", dependencyTypesNot: ["type-only"] },
    },
    layer(
      "core-knows-no-transport",
      "^src/core/",
      `^(src/(server|vscode|cli)/|src/extension|webview/|vscode$)|${SOCKET_IO}`,
      "The core runs in plain Node, under any transport.",
    ),
    layer(
      "server-knows-no-editor",
      "^src/server/",
      "^(src/(vscode|cli)/|src/extension|webview/|vscode$)",
      "The server also runs headless.",
    ),
    layer(
      "cli-knows-no-editor",
      "^src/cli/",
      "^(src/vscode/|src/extension|webview/|vscode$)",
      "The headless server has no VS Code around it.",
    ),
    layer("editor-knows-no-page", EDITOR, "^(webview/|src/cli/)", "The page is reached by messages alone."),
    {
      name: "webview-knows-only-the-protocol",
      comment: "The page has neither Node nor VS Code's API.",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/protocol/" },
    },
    {
      name: "webview-has-no-node",
      comment: "The page runs in a browser.",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^vscode$", dependencyTypes: ["core"] },
    },
    {
      name: "product-knows-no-tests",
      comment: "What ships stands without what tests it.",
      severity: "error",
      from: { path: "^(src|webview)/" },
      to: { path: "^(test|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs"] },
  },
};
