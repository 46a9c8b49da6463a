import { beginOf } from "../formats/clippedText.js";
import { lineIndex } from "../sources/lineIndex.js";

/** A stretch of the text, in UTF-16 units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A change of the text that mends a problem: `length` units at `offset` become `text`. */
export interface ConfigFix extends Span {
  readonly title: string;
  readonly text: string;
}

/** What is wrong in `fusion.json`, and what to write instead. An error keeps the file from being used, a warning does not. */
export interface ConfigProblem extends Span {
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly fix: ConfigFix | null;
}

type UnplacedProblem = Omit<ConfigProblem, "line" | "column">;

/** More of a kind are not listed: nobody reads them, and an editor has to draw each. */
const MAX_LISTED = 100;

/** Collects what is wrong while a file is read. */
export class ConfigProblems {
  private readonly errors: UnplacedProblem[] = [];
  private readonly warnings: UnplacedProblem[] = [];

  get hasErrors(): boolean {
    return this.errors.length > 0;
  }

  /** Whether more of this kind would not be listed: looking for advice is in vain then. */
  isFull(severity: ConfigProblem["severity"]): boolean {
    return (severity === "error" ? this.errors : this.warnings).length >= MAX_LISTED;
  }

  error({ offset, length }: Span, message: string, fix: ConfigFix | null = null): void {
    this.errors.push({ message, offset, length, severity: "error", fix });
  }

  warning({ offset, length }: Span, message: string, fix: ConfigFix | null = null): void {
    this.warnings.push({ message, offset, length, severity: "warning", fix });
  }

  /** The first hundred of either kind, in the order of the text that they were found in. */
  placedIn(text: string): ConfigProblem[] {
    const position = positionIndex(text);
    return [...this.errors.slice(0, MAX_LISTED), ...this.warnings.slice(0, MAX_LISTED)]
      .sort((a, b) => a.offset - b.offset)
      .map((problem) => ({ ...problem, ...position(problem.offset) }));
  }
}

/** Tells line and column of an offset, both counted from 1. */
export function positionIndex(text: string): (offset: number) => { line: number; column: number } {
  const lineOf = lineIndex(text);
  return (offset) => {
    const before = offset - 1;
    const lineEnd =
      offset === 0 ? -1 : Math.max(text.lastIndexOf("\n", before), text.lastIndexOf("\r", before));
    return { line: lineOf(offset), column: offset - lineEnd };
  };
}

/** A fix that puts a JSON value in a value's or key's place. */
export function replaceBy({ offset, length }: Span, value: unknown): ConfigFix {
  const text = JSON.stringify(value);
  return { title: `Replace with ${clip(text)}`, offset, length, text };
}

/** A text as a message quotes it: in double quotes, shortened where it is long. */
export function quote(text: string): string {
  return clip(JSON.stringify(text));
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${beginOf(text, 79)}…`;
}
