import { escapeExpression } from "./escapeExpression.js";
import { MAX_EXPRESSION, wordEdge } from "./linePattern.js";
import { contexts, countContext } from "./numberContext.js";
import { countedWord, nameBefore, nameBehind, oneOrMore } from "./numberName.js";
import { currencyBefore, keyOf, type NumberUnit, unitBehind } from "./numberUnit.js";
import { NUMBER, NUMBER_END, numberAt, type Stretch } from "./plainNumber.js";

/** A number that was found in a line, and how to find it in others. */
export interface NumberPattern {
  /** With the number in the group `value`. */
  readonly expression: string;
  /** The word beside it that may name it; "" where there is none. */
  readonly name: string;
  /** The name with its unit, by which its display can be guessed. */
  readonly key: string;
  /** The three letters of its currency. */
  readonly currency: string | null;
}

/**
 * An expression for the first number of a selection by what stands around it in the line; `null` where there is none that
 * a metric could hold, such as one with separators between its thousands.
 * @param start of the selection in the line, which ends before `end`
 */
export function numberPattern(line: string, start: number, end: number): NumberPattern | null {
  const found = numberAt(line, start, end);
  if (found === null) return null;
  const before = line.slice(0, found.start);
  const rest = line.slice(found.end);
  const isOne = /^-?1$/.test(line.slice(found.start, found.end));
  const unit = unitBehind(rest);
  const counted = unit === null ? countedWord(rest) : "";
  const context = counted === "" ? null : countContext(line, found);
  const behind = context === null ? unitEnd(rest, unit, isOne) : ` ${wordEnd(counted, isOne)}`;
  if (behind === null) return null;
  for (const front of contexts(line, found.start, start, context)) {
    const expression = `${front}(?<value>${NUMBER})${behind}`;
    if (expression.length > MAX_EXPRESSION) return null;
    if (!finds(expression, line, found)) continue;
    const name = context === null ? nameBefore(before) || nameBehind(rest) : counted;
    return { expression, name, ...keyOf(name, unit ?? currencyBefore(before)) };
  }
  return null;
}

/** What must stand behind a number: its unit, or nothing that would make another number of it; `null` where nothing can. */
function unitEnd(rest: string, unit: NumberUnit | null, isOne: boolean): string | null {
  const text = unit?.text ?? /^[A-Za-zµμ_]*/.exec(rest)?.[0] ?? "";
  if (text === "") return NUMBER_END;
  // Of 1m30s, 1 is but a part.
  if (/^\w/.test(rest.slice(text.length))) return null;
  const word = text.trimStart();
  const blank = word === text ? "" : "\\s";
  return blank + (unit?.currency ? escapeExpression(word) + wordEdge(word.at(-1)) : wordEnd(word, isOne));
}

function wordEnd(word: string, isOne: boolean): string {
  return oneOrMore(word, isOne) + wordEdge(word.at(-1));
}

/** Whether the first match in the line is at the number that is meant. */
function finds(expression: string, line: string, { start, end }: Stretch): boolean {
  const found = new RegExp(expression, "du").exec(line);
  const [from, to] = found?.indices?.groups?.value ?? [];
  return from === start && to === end;
}
