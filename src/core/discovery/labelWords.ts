import type { Aggregate } from "../../protocol/origin.js";

/**
 * The words of suggested labels that are not the workspace's own, in the language of whoever is asked: templates with `{0}`
 * for what they speak of. Plain data, so that a worker can use them.
 */
export interface LabelWords {
  /** What is made of many numbers; the last of them, and what is counted, go by their own name. */
  readonly aggregates: Readonly<Record<Extract<Aggregate, "sum" | "avg" | "min" | "max" | "first">, string>>;
  /** Counted lines of a log, of one level or of all. */
  readonly lines: string;
  /** Counted tasks of a Markdown file. */
  readonly tasks: string;
  /** Counted files of a folder alone, of which others are in its subfolders. */
  readonly withoutSubfolders: string;
  /** Counted files of the workspace; speaks of nothing. */
  readonly files: string;
}

/** The template with what it speaks of, which is a part of a sentence wherever it does not begin it. */
export function filled(template: string, subject: string): string {
  return template.replace("{0}", () => (template.startsWith("{0}") ? subject : lowered(subject)));
}

/** As it stands within a sentence; what is written in capitals stays so. */
export function lowered(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}|$)/u, (first) => first.toLowerCase());
}
