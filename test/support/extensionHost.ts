/** What the suites inside VS Code share. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import * as vscode from "vscode";
import { waitFor } from "./waitFor.js";

export const EXTENSION = "ahk.fusion-data-stream";

/** The port that the stream's server begins its search with. */
export const DEFAULT_PORT = 4000;

/** The extension, once it is active. */
export async function activeExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION);
  assert.ok(extension, "the extension is installed");
  await waitFor(() => extension.isActive, { timeout: 30_000, message: "the extension to become active" });
  return extension;
}

/** The Command Center's tabs, of which there should never be two. */
export function commandCenterTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && /fusion\.commandCenter$/.test(input.viewType),
    );
}

export async function closeCommandCenter(): Promise<void> {
  await vscode.window.tabGroups.close(commandCenterTabs());
  await waitFor(() => commandCenterTabs().length === 0, { message: "the Command Center to close" });
}

/** Whether anything on this machine accepts connections on a port. */
export function listens(port: number, address = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

export function setting<T>(name: string): T | undefined {
  return vscode.workspace.getConfiguration("fusion").get<T>(name);
}
