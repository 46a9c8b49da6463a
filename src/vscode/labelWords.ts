import * as vscode from "vscode";
import type { LabelWords } from "../core/discovery/labelWords.js";

/** They keep a text's direction in the interface; a label goes into `fusion.json`, and its own letters say its direction. */
const DIRECTION_MARKS = /[\u2066-\u2069]/g;

/** The words of suggested labels in VS Code's language. */
export function labelWords(): LabelWords {
  const subject = "{0}";
  return {
    aggregates: {
      sum: bare(vscode.l10n.t("Total {0}", subject)),
      avg: bare(vscode.l10n.t("Average {0}", subject)),
      min: bare(vscode.l10n.t("Lowest {0}", subject)),
      max: bare(vscode.l10n.t("Highest {0}", subject)),
      first: bare(vscode.l10n.t("First {0}", subject)),
    },
    lines: bare(vscode.l10n.t("{0} lines", subject)),
    tasks: bare(vscode.l10n.t("{0} tasks", subject)),
    withoutSubfolders: bare(vscode.l10n.t("{0} (without subfolders)", subject)),
    files: bare(vscode.l10n.t("Files")),
  };
}

function bare(text: string): string {
  return text.replace(DIRECTION_MARKS, "");
}
