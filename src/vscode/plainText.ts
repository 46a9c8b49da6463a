import type { QuickPickItem } from "vscode";
import { isolated } from "../protocol/direction.js";

/**
 * A text that others wrote, for a notification. VS Code makes links of `[label](command:…)` there, and a click on one would
 * run any command; apart, the two halves are text.
 */
export function plainText(text: string): string {
  return text.replaceAll("](", "] (");
}

/**
 * A text that others wrote, for a label: in the status bar and in lists. VS Code makes icons of `$(name)` there, unless a
 * backslash comes before.
 */
export function plainLabel(text: string): string {
  return text.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, "\\$&");
}

/** A text that others wrote, for the question above a field: there are links and icons. */
export function plainQuestion(text: string): string {
  return plainLabel(plainText(text));
}

/** A list's item of texts that others wrote. */
export function plainItem<T extends QuickPickItem>(item: T): T {
  const { label, description, detail } = item;
  return {
    ...item,
    label: shown(label),
    ...(description !== undefined && { description: shown(description) }),
    ...(detail !== undefined && { detail: shown(detail) }),
  };
}

/** In its place beside others. */
function shown(text: string): string {
  return isolated(plainLabel(text));
}
