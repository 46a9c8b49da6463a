import type { Edit, Node } from "jsonc-parser";
import { childOf, configTree, editConfig } from "./configEdit.js";

/**
 * The changes of the text of `fusion.json` that put the cards into another order. Ids in the file's list that are not among
 * those moved keep their places. Where every item has a line of its own, comments go with their items; else each stays
 * where it is.
 * @param text as `editConfig` takes it
 * @param order ids of the cards that are shown, each once, in their new order
 * @throws Error as `editConfig` does
 */
export function editCardOrder(text: string, order: readonly string[]): Edit[] {
  const root = configTree(text);
  const list = root && childOf(root, "cards");
  if (list?.type !== "array") return editConfig(text, ["cards"], order);
  const items = list.children ?? [];
  const turns = reordered(items, order);
  if (turns.every((from, index) => from === index)) return [];
  return moveLines(text, list, items, turns) ?? moveWords(text, items, turns);
}

/** For every place of the list, the index of the item that comes there. */
function reordered(items: readonly Node[], order: readonly string[]): number[] {
  const values = items.map(({ value }): unknown => value);
  const moved = order.map((id) => values.indexOf(id)).filter((index) => index >= 0);
  const isMoved = new Set(moved);
  const next = moved.values();
  return values.map((_, index) => (isMoved.has(index) ? (next.next().value ?? index) : index));
}

const SAME_LINE = String.raw`(?:[ \t]|\/\*(?:(?!\*\/)[^\r\n])*\*\/)*`;
const LINE_END = String.raw`(?:\/\/[^\r\n]*)?(?:\r\n|\r|\n)`;

/** Items with what stands on their lines, and on those above them. `null` where lines hold more or less than an item. */
function moveLines(
  text: string,
  { offset }: Node,
  items: readonly Node[],
  turns: readonly number[],
): Edit[] | null {
  const begin = endOf(new RegExp(SAME_LINE + LINE_END, "y"), text, offset + 1);
  if (begin === null) return null;
  const lines: { readonly before: string; readonly after: string; readonly comma: boolean }[] = [];
  let start = begin;
  for (const item of items) {
    const after = new RegExp(`(${SAME_LINE})(,?)(${SAME_LINE}${LINE_END})`, "y");
    after.lastIndex = item.offset + item.length;
    const [, blank = "", comma = "", rest = ""] = after.exec(text) ?? [];
    if (rest === "") return null;
    lines.push({
      before: text.slice(start, item.offset + item.length),
      after: blank + rest,
      comma: comma !== "",
    });
    start = after.lastIndex;
  }
  if (lines.slice(0, -1).some(({ comma }) => !comma)) return null;
  const commas = lines.map(({ comma }) => comma);
  const content = turns.map((from, index) => {
    const { before = "", after = "" } = lines[from] ?? {};
    return before + (commas[index] ? "," : "") + after;
  });
  return [{ offset: begin, length: start - begin, content: content.join("") }];
}

/** The items alone: everything between them stays. */
function moveWords(text: string, items: readonly Node[], turns: readonly number[]): Edit[] {
  return items.flatMap(({ offset, length }, index) => {
    const from = items[turns[index] ?? index];
    if (from === undefined || from.offset === offset) return [];
    return [{ offset, length, content: text.slice(from.offset, from.offset + from.length) }];
  });
}

/** Where a match that begins at an offset ends; `null` where there is none. */
function endOf(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : null;
}
