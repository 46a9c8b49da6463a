import * as vscode from "vscode";
import type { DisplayGuess } from "../core/discovery/entry.js";
import type { Looked } from "../core/discovery/fileDiscovery.js";
import type { LineMatches } from "../core/discovery/lineMatches.js";
import { displaysFor, type MetricDraft, originText, shownValue } from "../core/discovery/metricDraft.js";
import type { MetricFormat } from "../protocol/snapshot.js";
import { textLanguage } from "../protocol/textLanguage.js";
import { type Answer, askInput, askPick, heading, type PickRow, type StepPlace } from "./quickSteps.js";
import { writtenNumber } from "./writtenNumber.js";

interface MetricQuestion {
  readonly draft: MetricDraft;
  /** How many questions were asked before this one. */
  readonly before: number;
  /** What the draft's expression finds; `null` where it has none that anybody derived. */
  readonly matches: Looked<LineMatches> | null;
}

type Choice = "add" | "label" | "format" | "unit" | "example";

const MAX_LABEL = 100;
const MAX_UNIT = 50;

/** Shows the card as it will be, and asks what to change until it is to be added. */
export async function askMetric(question: MetricQuestion): Promise<Answer<MetricDraft>> {
  const { before, matches } = question;
  let { draft } = question;
  let active: Choice = "add";
  for (;;) {
    const place = { title: titleOf(draft), step: before + 1, totalSteps: before + 1 };
    const chosen: Answer<Choice> = await askPick<Choice>(place, {
      placeholder: vscode.l10n.t("Add the card, or change how it looks"),
      items: [...choices(draft), ...examples(matches)],
      active,
    });
    if (chosen.kind !== "given") return chosen;
    active = chosen.value;
    if (active === "add") return { kind: "given", value: draft };
    const changed = await change(active, draft, { ...place, step: before + 2, totalSteps: before + 2 });
    if (changed.kind === "cancelled") return changed;
    if (changed.kind === "given") {
      draft = changed.value;
      active = "add";
    }
  }
}

function titleOf({ origin }: MetricDraft): string {
  return vscode.l10n.t("Add metric: {0}", originText(origin));
}

function choices(draft: MetricDraft): PickRow<Choice>[] {
  const { label, format, unit } = draft;
  const hasUnit = typeof draft.value === "number" && (format === null || format === "currency");
  const currency = format === "currency" ? "USD" : "";
  return [
    {
      label: vscode.l10n.t("Add card"),
      description: cardText(draft),
      detail: selectionText(draft),
      iconPath: new vscode.ThemeIcon("add"),
      value: "add",
    },
    heading(vscode.l10n.t("Change")),
    { label: vscode.l10n.t("Label"), description: label, value: "label" },
    { label: vscode.l10n.t("Format"), description: formatText(draft), value: "format" },
    ...(hasUnit
      ? [{ label: vscode.l10n.t("Unit"), description: unit ?? currency, value: "unit" } as const]
      : []),
  ];
}

function cardText(draft: MetricDraft): string {
  return `${draft.label}: ${shownValue(draft, vscode.env.language) ?? String(draft.value)}`;
}

/** How the value is found, as fusion.json will say. */
function selectionText({ origin }: MetricDraft): string {
  if (origin.kind === "files") return "";
  const { query, column, match } = origin.selection;
  return query ?? column ?? match ?? "";
}

function examples(matches: MetricQuestion["matches"]): PickRow<Choice>[] {
  if (matches === null) return [];
  return [
    heading(countText(matches)),
    ...matches.examples.map((line): PickRow<Choice> => ({ label: line, value: "example", alwaysShow: true })),
  ];
}

function countText({ count, whole }: Looked<LineMatches>): string {
  if (!whole && count === 1) return vscode.l10n.t("1 line matches in the last 8 MB");
  if (!whole)
    return vscode.l10n.t("{0} lines match in the last 8 MB, the newest first", writtenNumber(count));
  if (count === 1) return vscode.l10n.t("1 line matches now");
  return vscode.l10n.t("{0} lines match now, the newest first", writtenNumber(count));
}

function change(choice: Choice, draft: MetricDraft, place: StepPlace): Promise<Answer<MetricDraft>> {
  switch (choice) {
    case "label":
      return changeLabel(draft, place);
    case "format":
      return changeFormat(draft, place);
    case "unit":
      return draft.format === "currency" ? changeCurrency(draft, place) : changeUnit(draft, place);
    default:
      return Promise.resolve({ kind: "back" });
  }
}

async function changeLabel(draft: MetricDraft, place: StepPlace): Promise<Answer<MetricDraft>> {
  const answer = await askInput(place, {
    prompt: vscode.l10n.t("What the card is called"),
    value: draft.label,
    check: (text) => {
      if (text.trim() === "") return vscode.l10n.t("Write a label.");
      return text.trim().length > MAX_LABEL
        ? vscode.l10n.t("Shorten it to {0} characters.", MAX_LABEL)
        : null;
    },
    preview: async (text) => cardText({ ...draft, label: text.trim() }),
  });
  return answer.kind === "given" ? given({ ...draft, label: answer.value.trim() }) : answer;
}

async function changeFormat(draft: MetricDraft, place: StepPlace): Promise<Answer<MetricDraft>> {
  const displays = displaysFor(draft);
  const items = displays.flatMap((display): PickRow<DisplayGuess>[] => {
    const shown = shownValue({ ...display, value: draft.value }, vscode.env.language);
    const label = formatText({ ...display, value: draft.value });
    return shown === null ? [] : [{ label, description: shown, value: display }];
  });
  const answer = await askPick(place, {
    placeholder: vscode.l10n.t("How the value is written"),
    items,
    active: displays[0],
  });
  return answer.kind === "given" ? given({ ...draft, ...answer.value }) : answer;
}

async function changeCurrency(draft: MetricDraft, place: StepPlace): Promise<Answer<MetricDraft>> {
  const names = new Intl.DisplayNames(textLanguage(vscode.env.language), { type: "currency" });
  const answer = await askPick(place, {
    placeholder: vscode.l10n.t("Which currency"),
    items: Intl.supportedValuesOf("currency").map((code) => ({
      label: code,
      description: names.of(code) ?? "",
      value: code,
    })),
    active: draft.unit ?? "USD",
  });
  return answer.kind === "given" ? given({ ...draft, unit: answer.value }) : answer;
}

async function changeUnit(draft: MetricDraft, place: StepPlace): Promise<Answer<MetricDraft>> {
  const unitOf = (text: string) => (text.trim() === "" ? null : text.trim());
  const answer = await askInput(place, {
    prompt: vscode.l10n.t("What the number is counted in, such as ms; empty for nothing"),
    value: draft.unit ?? "",
    check: (text) =>
      text.trim().length > MAX_UNIT ? vscode.l10n.t("Shorten it to {0} characters.", MAX_UNIT) : null,
    preview: async (text) => cardText({ ...draft, unit: unitOf(text) }),
  });
  return answer.kind === "given" ? given({ ...draft, unit: unitOf(answer.value) }) : answer;
}

function given(value: MetricDraft): Answer<MetricDraft> {
  return { kind: "given", value };
}

/** A format's name, with what the value is multiplied by. */
function formatText({ format, scale, value }: Pick<MetricDraft, "format" | "scale" | "value">): string {
  const names: Record<MetricFormat, string> = {
    number: vscode.l10n.t("Number"),
    currency: vscode.l10n.t("Currency"),
    percent: vscode.l10n.t("Percent"),
    bytes: vscode.l10n.t("Bytes"),
    duration: vscode.l10n.t("Duration"),
    date: vscode.l10n.t("Date"),
    text: vscode.l10n.t("Text"),
  };
  const name = names[format ?? (typeof value === "number" ? "number" : "text")];
  return scale === 1 ? name : `${name} (× ${scale})`;
}
