import * as vscode from "vscode";
import { displayCompact, displayValue } from "../protocol/display.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";
import { metricsToChoose } from "./knownMetrics.js";
import { MOST_PINNED, pinnedIds } from "./pinnedMetrics.js";
import { askFew, askPick, type StepPlace } from "./quickSteps.js";
import type { Settings, StatusBarFormat } from "./settings.js";

/** Asks which metrics the status bar shows and how they are written, and puts that into the settings. */
export async function pickStatusBar(snapshot: Snapshot, settings: Settings): Promise<void> {
  let picked = pinnedIds(snapshot, settings.statusBarMetric);
  for (;;) {
    const metrics = await askFew(place(1), {
      placeholder: vscode.l10n.t("Choose one metric or two"),
      items: metricsToChoose(snapshot).map(([id, metric]) => ({
        label: metric.label,
        description: displayValue(metric, vscode.env.language),
        value: id,
      })),
      picked,
      most: MOST_PINNED,
    });
    if (metrics.kind !== "given") return;
    picked = metrics.value;
    const shown = picked.flatMap((id) => snapshot.metrics[id] ?? []);
    const format = await askPick<StatusBarFormat>(place(2), {
      placeholder: vscode.l10n.t("Choose how it is written"),
      items: formats(shown),
      active: settings.statusBarFormat,
    });
    if (format.kind === "given") await settings.writeStatusBar(picked.join(","), format.value);
    if (format.kind !== "back") return;
  }
}

function place(step: number): StepPlace {
  return { title: vscode.l10n.t("Status bar metric"), step, totalSteps: 2 };
}

function formats(metrics: readonly Metric[]) {
  const { language } = vscode.env;
  const full = metrics.map((metric) => `${metric.label} ${displayValue(metric, language)}`);
  const compact = metrics.map((metric) => displayCompact(metric, language));
  return [
    { label: vscode.l10n.t("Full"), description: full.join(" · "), value: "full" as const },
    { label: vscode.l10n.t("Compact"), description: compact.join(" · "), value: "compact" as const },
  ];
}
