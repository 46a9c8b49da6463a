import { pathToFileURL } from "node:url";

/**
 * @typedef {object} PageTarget what the page opens; neither folder nor workspace is an empty window
 * @property {string} [folder]
 * @property {string} [workspace] a `.code-workspace` file
 * @property {string} [extension] folder of an extension under development
 * @property {string} [tests] module whose `run` the extension host calls
 */

/**
 * The address under which a VS Code server shows a window.
 * @param {string} origin
 * @param {PageTarget} target paths are absolute
 */
export function pageUrl(origin, { folder, workspace, extension, tests }) {
  const url = new URL("/", origin);
  if (workspace) url.searchParams.set("workspace", urlPath(workspace));
  else if (folder) url.searchParams.set("folder", urlPath(folder));
  else url.searchParams.set("ew", "true");

  /** @param {string} path */
  const remote = (path) => `vscode-remote://${url.host}${urlPath(path)}`;
  const payload = [
    ...(extension ? [["extensionDevelopmentPath", remote(extension)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/** @param {string} path */
function urlPath(path) {
  return decodeURIComponent(pathToFileURL(path).pathname);
}
