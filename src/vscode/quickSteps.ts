import * as vscode from "vscode";
import { plainItem, plainQuestion } from "./plainText.js";

/** How a question was answered. */
export type Answer<T> =
  | { readonly kind: "given"; readonly value: T }
  | { readonly kind: "back" | "cancelled" };

/** Where a question stands among the others. */
export interface StepPlace {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly totalSteps: number;
}

interface PickItem<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** A line with a word, above the items that it is about. */
interface Heading extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

export type PickRow<T> = PickItem<T> | Heading;

export function heading(label: string): Heading {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** A heading is no label: VS Code shows it as it is. */
function plainRow<T>(row: PickRow<T>): PickRow<T> {
  return "value" in row ? plainItem(row) : row;
}

export interface PickQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly PickRow<T>[];
  /** Which one is offered first. */
  readonly active?: T | undefined;
}

export interface PicksQuestion<T> {
  readonly placeholder: string;
  /** What stands for all the others, and excludes them. */
  readonly all: PickItem<null>;
  readonly items: readonly PickItem<T>[];
  /** What is ticked first; `null` for all. */
  readonly picked: readonly T[] | null;
}

export interface FewQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  /** What is ticked first, in its order. */
  readonly picked: readonly T[];
  /** How many may be ticked. */
  readonly most: number;
}

export interface InputQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  /** What it begins with, selected. */
  readonly value: string;
  /** What is wrong with a text; `null` where nothing is. */
  readonly check: (text: string) => string | null;
  /** What a right text would lead to, in a sentence. */
  readonly preview?: (text: string, signal: AbortSignal) => Promise<string>;
}

/** Asks to choose one of a few. Here and below, whatever a question says is text, whoever wrote it. */
export function askPick<T>(place: StepPlace, question: PickQuestion<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<PickRow<T>>();
  pick.placeholder = question.placeholder;
  const items = question.items.map(plainRow);
  pick.items = items;
  const active = items.find((item) => "value" in item && item.value === question.active);
  // Told that none is, VS Code would not take the first one on Enter.
  if (active) pick.activeItems = [active];
  pick.matchOnDescription = true;
  return ask(pick, place, (give) =>
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item && "value" in item) give(item.value);
    }),
  );
}

/** Asks to choose some of a few, at least one, or all of them: `null`. */
export function askPicks<T>(
  place: StepPlace,
  { placeholder, all: allItem, items: someItems, picked }: PicksQuestion<T>,
): Promise<Answer<readonly T[] | null>> {
  const all = plainItem(allItem);
  const items = someItems.map(plainItem);
  const pick = vscode.window.createQuickPick<PickItem<T> | PickItem<null>>();
  pick.placeholder = placeholder;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = [all, ...items];
  const chosen = (selection: readonly unknown[]) => items.filter((item) => selection.includes(item));
  pick.selectedItems = picked === null ? [all] : items.filter(({ value }) => picked.includes(value));
  let hadAll = picked === null;
  return ask(pick, place, (give) =>
    vscode.Disposable.from(
      pick.onDidChangeSelection((selection) => {
        const hasAll = selection.includes(all);
        if (hasAll && selection.length > 1) pick.selectedItems = hadAll ? chosen(selection) : [all];
        hadAll = pick.selectedItems.includes(all);
      }),
      pick.onDidAccept(() => {
        if (pick.selectedItems.includes(all)) give(null);
        else if (pick.selectedItems.length > 0) give(chosen(pick.selectedItems).map(({ value }) => value));
      }),
    ),
  );
}

/** Asks to choose a few, at least one, in the order of choice; one too many takes the place of the first. */
export function askFew<T>(
  place: StepPlace,
  { placeholder, items: given, picked, most }: FewQuestion<T>,
): Promise<Answer<readonly T[]>> {
  const items = given.map(plainItem);
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  pick.placeholder = placeholder;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = items;
  let chosen = picked.flatMap((value) => items.find((item) => item.value === value) ?? []).slice(0, most);
  pick.selectedItems = chosen;
  return ask(pick, place, (give) =>
    vscode.Disposable.from(
      pick.onDidChangeSelection((selection) => {
        const kept = chosen.filter((item) => selection.includes(item));
        chosen = [...kept, ...selection.filter((item) => !kept.includes(item))].slice(-most);
        if (chosen.length < selection.length) pick.selectedItems = chosen;
      }),
      pick.onDidAccept(() => {
        if (chosen.length > 0) give(chosen.map(({ value }) => value));
      }),
    ),
  );
}

/** Asks for a text, and says while it is typed what is wrong with it or what it would lead to. */
export function askInput(place: StepPlace, question: InputQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = plainQuestion(question.prompt);
  input.placeholder = question.placeholder;
  input.value = question.value;
  let asked = new AbortController();
  const look = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const problem = question.check(input.value);
    input.validationMessage = problem === null ? undefined : plainQuestion(problem);
    if (problem !== null || !question.preview) return;
    const preview = await question.preview(input.value, signal).catch(() => null);
    if (preview === null || signal.aborted) return;
    // Not as a message: that would stand in the question's place.
    input.prompt = plainQuestion(`${question.prompt} ${preview}`);
  };
  void look();
  return ask(input, place, (give) =>
    vscode.Disposable.from(
      input.onDidChangeValue(() => void look()),
      input.onDidAccept(() => {
        if (question.check(input.value) === null) give(input.value);
      }),
      { dispose: () => asked.abort() },
    ),
  );
}

function ask<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, totalSteps }: StepPlace,
  listen: (give: (value: T) => void) => vscode.Disposable,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const end = (answer: Answer<T>): void => {
      resolve(answer);
      subscriptions.dispose();
    };
    input.title = title;
    input.step = step;
    input.totalSteps = totalSteps;
    // A look at the numbers must not cost what was answered already.
    input.ignoreFocusOut = true;
    input.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
    const subscriptions = vscode.Disposable.from(
      listen((value) => end({ kind: "given", value })),
      input.onDidTriggerButton(() => end({ kind: "back" })),
      input.onDidHide(() => end({ kind: "cancelled" })),
      input,
    );
    input.show();
  });
}
