import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Companion } from "../host/companion/extension.js";

/** The other extension of the window, once it is active. */
export async function companion(): Promise<Companion> {
  const extension = vscode.extensions.getExtension<Companion>("acme.ci");
  assert.ok(extension, "the companion is installed");
  return await extension.activate();
}
