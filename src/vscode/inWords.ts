import * as vscode from "vscode";
import { type Wording, wordingOf } from "../protocol/sentences.js";

let wording: Wording | null = null;

/** A sentence of the stream, or of an error, in VS Code's language. */
export function inWords(english: string): string {
  wording ??= wordingOf((vscode.l10n.bundle ?? {}) as Record<string, string>);
  return wording(english);
}

/** Why something failed, in VS Code's language. */
export function reasonOf(error: unknown): string {
  return inWords(error instanceof Error ? error.message : String(error));
}
