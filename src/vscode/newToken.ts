import * as vscode from "vscode";
import type { Scope } from "../protocol/events.js";
import type { Metric } from "../protocol/snapshot.js";
import { tokenName } from "../server/tokenLedger.js";
import type { NamedTokenRequest } from "../server/tokenRegister.js";
import { type Answer, askInput, askPick, askPicks, type StepPlace } from "./quickSteps.js";
import { scopeTexts } from "./scopeTexts.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A longer life (seconds) is a slip of the finger: ten years. */
const LONGEST = 3_653 * DAY;

/** What was answered so far. */
interface Draft {
  readonly name: string;
  readonly scope: Scope;
  /** `null` for all. */
  readonly metrics: readonly string[] | null;
  /** Seconds, or that a date is asked for. */
  readonly life: number | "date";
  /** As typed: the last day on which the token is valid. */
  readonly date: string;
}

type Question = keyof Draft;

/**
 * Asks for what a new token is to be, step by step.
 * @param metrics that the stream has now, by id
 * @returns `null` where the user thinks better of it
 */
export async function askNewToken(
  metrics: Readonly<Record<string, Metric>>,
): Promise<NamedTokenRequest | null> {
  let draft: Draft = { name: "", scope: "read", metrics: null, life: 30 * DAY, date: "" };
  for (let index = 0; ; ) {
    const questions = questionsOf(draft, metrics);
    const question = questions[index];
    if (question === undefined) return requestOf(draft);
    const title = vscode.l10n.t("New token");
    const place = { title, step: index + 1, totalSteps: questions.length };
    const answer = await ask(question, draft, metrics, place);
    if (answer.kind === "cancelled") return null;
    if (answer.kind === "given") {
      draft = { ...draft, [question]: answer.value };
      index++;
    } else index--;
  }
}

function questionsOf({ life }: Draft, metrics: Readonly<Record<string, Metric>>): Question[] {
  return [
    ...(["name", "scope"] as const),
    ...(Object.keys(metrics).length > 0 ? (["metrics"] as const) : []),
    "life",
    ...(life === "date" ? (["date"] as const) : []),
  ];
}

function ask(
  question: Question,
  draft: Draft,
  metrics: Readonly<Record<string, Metric>>,
  place: StepPlace,
): Promise<Answer<Draft[Question]>> {
  switch (question) {
    case "name":
      return askInput(place, {
        prompt: vscode.l10n.t("Who or what will use it."),
        placeholder: vscode.l10n.t("Wall display"),
        value: draft.name,
        check: (text) =>
          tokenName(text) === null ? vscode.l10n.t("Type a name of up to 100 characters.") : null,
      });
    case "scope":
      return askPick(place, {
        placeholder: vscode.l10n.t("What may the client do?"),
        items: scopeTexts(),
        active: draft.scope,
      });
    case "metrics":
      return askPicks(place, {
        placeholder: vscode.l10n.t("Which metrics may it see? Of all others it gets nothing."),
        all: {
          value: null,
          label: vscode.l10n.t("All metrics"),
          description: vscode.l10n.t("Those to come, too"),
        },
        items: Object.entries(metrics).map(([id, { label }]) => ({ value: id, label, description: id })),
        picked: draft.metrics,
      });
    case "life":
      return askPick<Draft["life"]>(place, {
        placeholder: vscode.l10n.t("How long is it valid?"),
        items: [
          { value: HOUR, label: vscode.l10n.t("1 hour") },
          { value: DAY, label: vscode.l10n.t("1 day") },
          { value: 30 * DAY, label: vscode.l10n.t("30 days") },
          { value: 365 * DAY, label: vscode.l10n.t("1 year") },
          { value: "date", label: vscode.l10n.t("Until a date…") },
        ],
        active: draft.life,
      });
    case "date":
      return askInput(place, {
        prompt: vscode.l10n.t("The last day on which it is valid."),
        placeholder: vscode.l10n.t("YYYY-MM-DD"),
        value: draft.date,
        check: (text) =>
          secondsUntilEndOf(text) === null
            ? vscode.l10n.t("Type a day from today on, within ten years, such as {0}.", exampleDay())
            : null,
      });
  }
}

/** `null` where the date is over by now. */
function requestOf({ name, scope, metrics, life, date }: Draft): NamedTokenRequest | null {
  const expiresIn = life === "date" ? secondsUntilEndOf(date) : life;
  if (expiresIn === null) return null;
  return { name: name.trim(), scope, expiresIn, ...(metrics && { metrics }) };
}

/** Seconds from now to the end of a local day; `null` of what is none, is over, or is too far off. */
function secondsUntilEndOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim())?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const begin = new Date(year, month - 1, day);
  if (begin.getMonth() !== month - 1 || begin.getDate() !== day) return null;
  const seconds = (new Date(year, month - 1, day + 1).getTime() - Date.now()) / 1_000;
  return seconds > 0 && seconds <= LONGEST ? seconds : null;
}

function exampleDay(): string {
  return `${new Date().getFullYear() + 1}-12-31`;
}
