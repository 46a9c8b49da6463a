import * as vscode from "vscode";
import { type AlertDraft, entryOf } from "../core/alerts/alertDraft.js";
import { checkAlert, sameAlert } from "../core/alerts/alertEntry.js";
import type { PastValues } from "../core/alerts/pastValues.js";
import { CONFIG_FILE } from "../core/config/configFile.js";
import { concealedSnapshot } from "../protocol/concealment.js";
import { displayValue } from "../protocol/display.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";
import { AlertPreview } from "./alertPreview.js";
import { AlertQuestions, newDraft, questionsOf } from "./alertQuestions.js";
import { openConfig, openSoundConfig, showConfig, writeConfig } from "./configDocument.js";
import { reasonOf } from "./inWords.js";
import { metricsToChoose } from "./knownMetrics.js";
import { plainText } from "./plainText.js";
import { type Answer, askPick } from "./quickSteps.js";

/** With the metric, most conditions take so many answers. */
const USUAL_STEPS = 5;

export interface AlertTarget {
  readonly folder: vscode.Uri;
  readonly snapshot: Snapshot;
  /** Whether privacy mode hides all values. */
  readonly concealed: boolean;
  readonly pastValues: PastValues;
}

/**
 * Asks for an alert, step by step, and adds it to the folder's `fusion.json`.
 * @param requested id of the metric; asked for where it is none
 */
export async function addAlert(target: AlertTarget, requested: unknown): Promise<void> {
  const config = await openSoundConfig(target.folder);
  if (config === null) return;
  const draft = await askAlert(target, requested);
  if (draft === null) return;
  const entry = entryOf(draft, target.snapshot.metrics[draft.metric]?.value ?? null);
  const { definition } = checkAlert(entry);
  // Somebody may have edited the file while the questions were open.
  const current = await openSoundConfig(target.folder);
  if (definition === null || current === null) return;
  const same = sameAlert(definition, current.config?.alerts ?? []);
  if (same) {
    await offerConfig(vscode.l10n.t("There is such an alert already."), current.uri, same.line);
    return;
  }
  try {
    const saved = await writeConfig(current, { path: ["alerts", -1], value: entry });
    const added = (await openConfig(target.folder)).config?.alerts.at(-1)?.line ?? null;
    const message = saved
      ? vscode.l10n.t("Alert added.")
      : vscode.l10n.t("Alert added. It takes effect when you save {0}.", CONFIG_FILE);
    await offerConfig(message, current.uri, added);
  } catch (error) {
    const reason = reasonOf(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("The alert was not added: {0}", plainText(reason)));
  }
}

async function offerConfig(message: string, uri: vscode.Uri, line: number | null): Promise<void> {
  const open = vscode.l10n.t("Open {0}", CONFIG_FILE);
  const chosen = await vscode.window.showInformationMessage(message, open);
  if (chosen === open) await showConfig(uri, line);
}

/** Asks for the metric, where it is not given, then for the alert on it. */
async function askAlert(target: AlertTarget, requested: unknown): Promise<AlertDraft | null> {
  const { snapshot, concealed } = target;
  if (typeof requested === "string" && Object.hasOwn(snapshot.metrics, requested)) {
    const answer = await askAbout(target, requested, 0);
    return answer.kind === "given" ? answer.value : null;
  }
  let active: string | undefined;
  for (;;) {
    const picked = await askMetric(concealed ? concealedSnapshot(snapshot) : snapshot, active);
    if (picked.kind !== "given") return null;
    active = picked.value;
    const answer = await askAbout(target, active, 1);
    if (answer.kind !== "back") return answer.kind === "given" ? answer.value : null;
  }
}

/** @param before how many questions were asked before these */
async function askAbout(
  { snapshot, concealed, pastValues }: AlertTarget,
  id: string,
  before: number,
): Promise<Answer<AlertDraft>> {
  const metric = snapshot.metrics[id];
  if (metric === undefined) return { kind: "cancelled" };
  const questions = new AlertQuestions(metric, concealed, new AlertPreview(id, pastValues, Date.now()));
  let draft = newDraft(id, metric, concealed);
  for (let index = 0; ; ) {
    const order = questionsOf(draft);
    const question = order[index];
    if (question === undefined) return { kind: "given", value: draft };
    const title = titleOf(metric);
    const place = { title, step: before + index + 1, totalSteps: before + order.length };
    const answer = await questions.ask(question, draft, place);
    if (answer.kind === "given") {
      draft = answer.value;
      index++;
    } else if (answer.kind === "back" && index > 0) index--;
    else return answer;
  }
}

function askMetric(snapshot: Snapshot, active: string | undefined): Promise<Answer<string>> {
  return askPick(
    { title: vscode.l10n.t("Add alert"), step: 1, totalSteps: USUAL_STEPS },
    {
      placeholder: vscode.l10n.t("Which metric to watch"),
      items: metricsToChoose(snapshot).map(([id, metric]) => ({
        value: id,
        label: metric.label,
        description: displayValue(metric, vscode.env.language),
      })),
      active,
    },
  );
}

function titleOf({ label }: Metric): string {
  return vscode.l10n.t("Add alert on {0}", label);
}
