import * as vscode from "vscode";
import { SCOPES, type Scope } from "../protocol/events.js";

interface ScopeText {
  readonly label: string;
  /** What a token of the scope lets its holder do. */
  readonly detail: string;
}

/** The scopes as people read them, from the smallest to the largest. */
export function scopeTexts(): readonly (ScopeText & { readonly value: Scope })[] {
  return SCOPES.map((value) => ({ value, ...scopeText(value) }));
}

export function scopeText(scope: Scope): ScopeText {
  switch (scope) {
    case "read":
      return { label: vscode.l10n.t("Read"), detail: vscode.l10n.t("Receive updates") };
    case "refresh":
      return {
        label: vscode.l10n.t("Read and refresh"),
        detail: vscode.l10n.t("Receive updates and ask for one"),
      };
    case "control":
      return {
        label: vscode.l10n.t("Control"),
        detail: vscode.l10n.t("All of it, and change the update interval"),
      };
  }
}
