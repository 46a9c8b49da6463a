import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @typedef {object} Scenario the window that the suites in the folder of the same name run in
 * @property {string} name
 * @property {string} [suites] their folder below `test`, where it is not that of the name
 * @property {(folder: string) => Promise<string | undefined>} prepare fills a temporary folder; returns what
 *   the window opens, if anything
 * @property {Record<string, unknown>} [settings] user settings
 * @property {(folder: string) => Promise<string>} [extension] makes what is tested, where it is not the extension as it is
 * @property {(folder: string) => Promise<string>} [companion] makes another extension for the window
 * @property {boolean} [restricted] the workspace is not trusted
 */

/** @type {Scenario[]} */
export const SCENARIOS = [
  { name: "single", prepare: sample },
  { name: "integration", prepare: sample, companion },
  { name: "empty", prepare: notes },
  { name: "hostile", prepare: hostile },
  { name: "noFolder", prepare: async () => undefined },
  {
    name: "multiRoot",
    prepare: async (folder) => {
      const folders = [{ path: await notes(folder) }, { path: await sample(folder) }];
      const file = join(folder, "several.code-workspace");
      await writeFile(file, JSON.stringify({ folders, settings: {} }, undefined, 2));
      return file;
    },
  },
  {
    name: "virtual",
    prepare: async (folder) => {
      const file = join(folder, "virtual.code-workspace");
      const folders = [{ uri: "fusion-test:/project", name: "Project" }];
      await writeFile(file, JSON.stringify({ folders, settings: {} }, undefined, 2));
      return file;
    },
    settings: { "fusion.server.port": 0 },
  },
  {
    name: "untrusted",
    prepare: sample,
    companion,
    restricted: true,
    settings: {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.banner": "never",
    },
  },
];

/**
 * Another extension, which uses Fusion's API.
 * @param {string} folder made by this
 */
async function companion(folder) {
  const manifest = {
    name: "ci",
    displayName: "Acme CI",
    publisher: "acme",
    version: "1.0.0",
    engines: { vscode: "^1.101.0" },
    main: "./extension.js",
    activationEvents: ["onStartupFinished"],
    extensionDependencies: ["ahk.fusion-data-stream"],
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await cp("out/test/host/companion/extension.js", join(folder, "extension.js"));
  return folder;
}

/** What a workspace would set if it could; the last four are no settings of Fusion's, or out of range. */
const HOSTILE_SETTINGS = {
  "fusion.statusBar.metric": "memos",
  "fusion.server.allowedOrigins": ["https://evil.example", "null", "*"],
  "fusion.github.apiUrl": "https://evil.example/api",
  "fusion.log.file": "../outside.log",
  "fusion.interval": 0.001,
  "fusion.staleAfter": -1,
  "fusion.history.retentionDays": 0,
  "fusion.server.host": "0.0.0.0",
  "fusion.server.authentication": "none",
  "fusion.git.path": "./git",
  "fusion.server.port": "4999",
};

/**
 * The sample workspace with hostile settings.
 * @param {string} folder
 */
async function hostile(folder) {
  const copy = await sample(folder);
  await writeFile(join(copy, ".vscode", "settings.json"), JSON.stringify(HOSTILE_SETTINGS));
  return copy;
}

/**
 * A copy of the sample workspace: tests change it.
 * @param {string} folder
 */
export async function sample(folder) {
  const copy = join(folder, "data");
  await cp("data", copy, { recursive: true });
  return copy;
}

/**
 * A folder that holds nothing of interest to the extension.
 * @param {string} folder
 */
async function notes(folder) {
  const path = join(folder, "notes");
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "notes.txt"), "Nothing to see here.\n");
  return path;
}
