import * as l10n from "@vscode/l10n";
import type { Insight, InsightPriority } from "../../src/protocol/snapshot.js";

export type PriorityKey = InsightPriority | "none";

/** In order of need. */
const PRIORITIES: readonly PriorityKey[] = ["high", "medium", "low", "none"];

/** Up to this many insights are all shown. */
const UNFOLDED = 5;
/** What is shown of a long list before the user asks for all. */
const FOLDED_LIMIT = 12;

export function priorityOf(insight: Insight): PriorityKey {
  return insight.priority ?? "none";
}

/** By priority; the file's order stays inside each. */
export function sortInsights(insights: readonly Insight[]): Insight[] {
  return PRIORITIES.flatMap((priority) => insights.filter((insight) => priorityOf(insight) === priority));
}

export interface FoldedInsights {
  readonly shown: readonly Insight[];
  readonly hidden: readonly Insight[];
}

/** Folds the unimportant end of a long list away; never all of it. */
export function foldInsights(sorted: readonly Insight[], showAll: boolean): FoldedInsights {
  if (showAll || sorted.length <= UNFOLDED) return { shown: sorted, hidden: [] };
  const important = sorted.filter(({ priority }) => priority === "high" || priority === "medium").length;
  const count = important === 0 ? UNFOLDED : Math.min(important, FOLDED_LIMIT);
  return { shown: sorted.slice(0, count), hidden: sorted.slice(count) };
}

export function foldedText(hidden: readonly Insight[]): string {
  return hidden.every(({ priority }) => priority === "low")
    ? l10n.t("{0} more of low priority", hidden.length)
    : l10n.t("{0} more", hidden.length);
}

/** "2 high · 1 medium · 2 low"; what there is none of is left out. */
export function priorityCounts(insights: readonly Insight[]): string {
  return PRIORITIES.map((priority) => ({
    priority,
    count: insights.filter((insight) => priorityOf(insight) === priority).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ priority, count }) => countText(priority, count))
    .join(" · ");
}

function countText(priority: PriorityKey, count: number): string {
  switch (priority) {
    case "high":
      return l10n.t("{0} high", count);
    case "medium":
      return l10n.t("{0} medium", count);
    case "low":
      return l10n.t("{0} low", count);
    case "none":
      return l10n.t("{0} without priority", count);
  }
}

export function priorityLabel(priority: PriorityKey): string {
  switch (priority) {
    case "high":
      return l10n.t("High");
    case "medium":
      return l10n.t("Medium");
    case "low":
      return l10n.t("Low");
    case "none":
      return l10n.t("None");
  }
}
