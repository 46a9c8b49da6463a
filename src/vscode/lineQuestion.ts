import * as vscode from "vscode";
import type { Looked } from "../core/discovery/fileDiscovery.js";
import type { LineMatches } from "../core/discovery/lineMatches.js";
import type { LineUse } from "../core/discovery/lineUse.js";
import { type Answer, askPick } from "./quickSteps.js";
import { writtenNumber } from "./writtenNumber.js";

/** One use of a selected line, with the lines of the file that it is about. */
export interface UsedLines {
  readonly use: LineUse;
  readonly matches: Looked<LineMatches>;
}

/**
 * Asks for one use of a selected line, where there are several.
 * @param next asks what follows, once one is chosen
 */
export async function askLines<T>(
  title: string,
  used: readonly UsedLines[],
  next: (chosen: UsedLines, before: number) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const [only, second] = used;
  if (only && second === undefined) return next(only, 0);
  let active: UsedLines | undefined;
  for (;;) {
    const chosen = await askPick<UsedLines>(
      { title: vscode.l10n.t("Add metric: {0}", title), step: 1, totalSteps: 2 },
      {
        placeholder: vscode.l10n.t("Which lines to count"),
        items: used.map((value) => ({
          label: labelOf(value.use),
          description: writtenNumber(value.matches.count),
          detail: value.matches.examples[0] ?? "",
          value,
        })),
        active,
      },
    );
    if (chosen.kind !== "given") return chosen;
    active = chosen.value;
    const answer = await next(active, 1);
    if (answer.kind !== "back") return answer;
  }
}

function labelOf(use: LineUse): string {
  return use.kind === "count" && use.numbers === "same"
    ? vscode.l10n.t("Exactly this text")
    : vscode.l10n.t("This text with any numbers");
}
