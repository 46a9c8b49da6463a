import * as vscode from "vscode";
import {
  type AlertDraft,
  type ConditionKind,
  conditionsFor,
  entryOf,
  suggestedValue,
} from "../core/alerts/alertDraft.js";
import { checkAlert } from "../core/alerts/alertEntry.js";
import { SEVERITIES, type Severity } from "../protocol/alerts.js";
import { concealedMetric } from "../protocol/concealment.js";
import { displayValue } from "../protocol/display.js";
import type { Metric } from "../protocol/snapshot.js";
import type { AlertPreview } from "./alertPreview.js";
import { type Answer, askInput, askPick, type StepPlace } from "./quickSteps.js";

/** The questions that make an alert, in their order. */
export type AlertQuestion = "condition" | "value" | "within" | "for" | "severity";

/** The questions of a draft; some conditions have fewer. */
export function questionsOf({ kind }: AlertDraft): AlertQuestion[] {
  if (kind === "noDataFor") return ["condition", "value", "severity"];
  if (kind === "risesBy" || kind === "fallsBy") return ["condition", "value", "within", "for", "severity"];
  return ["condition", "value", "for", "severity"];
}

/** A draft with its own metric and nothing answered. */
export function newDraft(metric: string, { value }: Metric, concealed: boolean): AlertDraft {
  const [kind = "below"] = conditionsFor(value);
  return {
    metric,
    kind,
    value: suggestedValue(kind, metric, concealed ? null : value),
    within: "1h",
    for: "",
    severity: "warning",
  };
}

/** What is asked about an alert on one metric; each answer is the draft with it. */
export class AlertQuestions {
  constructor(
    private readonly metric: Metric,
    /** Whether privacy mode hides its value. */
    private readonly concealed: boolean,
    private readonly preview: AlertPreview,
  ) {}

  ask(question: AlertQuestion, draft: AlertDraft, place: StepPlace): Promise<Answer<AlertDraft>> {
    switch (question) {
      case "condition":
        return this.condition(draft, place);
      case "value":
        return this.text(draft, place, "value", valuePrompt(draft.kind, this.shown));
      case "within":
        return this.text(
          draft,
          place,
          "within",
          vscode.l10n.t("The time in which it changes, such as 1h; empty for from one value to the next."),
        );
      case "for":
        return this.text(
          draft,
          place,
          "for",
          vscode.l10n.t("For how long that must hold, such as 10m; empty to fire at once."),
        );
      case "severity":
        return this.severity(draft, place);
    }
  }

  private get shown(): Metric {
    return this.concealed ? concealedMetric(this.metric) : this.metric;
  }

  private async condition(draft: AlertDraft, place: StepPlace): Promise<Answer<AlertDraft>> {
    const answer = await askPick(place, {
      placeholder: vscode.l10n.t("When the alert fires"),
      items: conditionsFor(this.metric.value).map((kind) => ({ value: kind, label: conditionLabel(kind) })),
      active: draft.kind,
    });
    return answered(answer, (kind) =>
      kind === draft.kind
        ? draft
        : {
            ...draft,
            kind,
            value: suggestedValue(kind, draft.metric, this.concealed ? null : this.metric.value),
          },
    );
  }

  private async text(
    draft: AlertDraft,
    place: StepPlace,
    name: "value" | "within" | "for",
    prompt: string,
  ): Promise<Answer<AlertDraft>> {
    // What is asked for later must not be in the way of this.
    const base: AlertDraft = name === "for" ? draft : { ...draft, for: "" };
    const check = (text: string) => checkAlert(entryOf({ ...base, [name]: text }, this.metric.value));
    const answer = await askInput(place, {
      prompt,
      value: draft[name],
      check: (text) => check(text).problem,
      preview: async (text, signal) => {
        const { definition } = check(text);
        return definition === null ? "" : this.preview.text(definition, signal);
      },
    });
    return answered(answer, (text) => ({ ...draft, [name]: text }));
  }

  private async severity(draft: AlertDraft, place: StepPlace): Promise<Answer<AlertDraft>> {
    const { definition } = checkAlert(entryOf(draft, this.metric.value));
    const asked = vscode.l10n.t("How urgent it is");
    const answer = await askPick(place, {
      placeholder: definition === null ? asked : `${asked} · ${await this.preview.text(definition)}`,
      items: [...SEVERITIES].reverse().map((severity) => ({
        value: severity,
        label: severityLabel(severity),
        iconPath: new vscode.ThemeIcon(severity),
      })),
      active: draft.severity,
    });
    return answered(answer, (severity) => ({ ...draft, severity }));
  }
}

function answered<T>(answer: Answer<T>, take: (value: T) => AlertDraft): Answer<AlertDraft> {
  return answer.kind === "given" ? { kind: "given", value: take(answer.value) } : answer;
}

function conditionLabel(kind: ConditionKind): string {
  switch (kind) {
    case "below":
      return vscode.l10n.t("Is below a number");
    case "above":
      return vscode.l10n.t("Is above a number");
    case "becomes":
      return vscode.l10n.t("Becomes a certain value");
    case "risesBy":
      return vscode.l10n.t("Rises by an amount");
    case "fallsBy":
      return vscode.l10n.t("Falls by an amount");
    case "noDataFor":
      return vscode.l10n.t("Has no data for a time");
  }
}

function valuePrompt(kind: ConditionKind, metric: Metric): string {
  const now = vscode.l10n.t("It is {0} now.", displayValue(metric, vscode.env.language));
  switch (kind) {
    case "below":
      return vscode.l10n.t("Fires when {0} is below this number. {1}", metric.label, now);
    case "above":
      return vscode.l10n.t("Fires when {0} is above this number. {1}", metric.label, now);
    case "becomes":
      return vscode.l10n.t("Fires when {0} becomes this. {1}", metric.label, now);
    case "risesBy":
      return vscode.l10n.t(
        "Fires when {0} rises by this number, or share such as 10%. {1}",
        metric.label,
        now,
      );
    case "fallsBy":
      return vscode.l10n.t(
        "Fires when {0} falls by this number, or share such as 10%. {1}",
        metric.label,
        now,
      );
    case "noDataFor":
      return vscode.l10n.t(
        "Fires when {0} has had no data for this time, such as 30m, 2h or 1d.",
        metric.label,
      );
  }
}

function severityLabel(severity: Severity): string {
  switch (severity) {
    case "info":
      return vscode.l10n.t("Info");
    case "warning":
      return vscode.l10n.t("Warning");
    case "error":
      return vscode.l10n.t("Error");
  }
}
