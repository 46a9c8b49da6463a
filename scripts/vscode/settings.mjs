import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** @typedef {Record<string, unknown>} Settings */

/** User settings for a window that shows the workspace and nothing about VS Code itself. */
const CLEAN = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "window.commandCenter": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "git.openRepositoryInParentFolders": "never",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "security.workspace.trust.enabled": false,
};

/**
 * Writes the user settings a VS Code starts with.
 * @param {string} file
 * @param {{ overrides?: Settings; keep?: boolean }} [options] `keep`: settings that are there already stay
 */
export async function seedSettings(file, { overrides = {}, keep = false } = {}) {
  await mkdir(dirname(file), { recursive: true });
  const text = `${JSON.stringify({ ...CLEAN, ...overrides }, undefined, 2)}\n`;
  try {
    await writeFile(file, text, { flag: keep ? "wx" : "w" });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
}
