import { type Edit, type JSONPath, type Node, parseTree } from "jsonc-parser";

/** A value as `JSON.stringify` writes it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A value that is to stand at a path: names and indexes; -1 is for a new item at a list's end. */
export interface ConfigChange {
  readonly path: JSONPath;
  readonly value: JsonValue;
}

/** How a text is laid out. */
interface Layout {
  readonly indent: string;
  readonly lineEnd: string;
}

/**
 * The changes of the text of `fusion.json` that put a value at a path; everything else stays as it is written, comments
 * too. What is missing on the way is made. The library's own `modify` lays the lines out anew that it touches, and sees
 * only the first of two members with one name, of which the last one counts.
 * @param text JSON with comments and trailing commas without an error, or nothing but blanks and comments
 * @param path names and indexes; -1 stands for a new item at a list's end
 * @returns changes that do not overlap, in the order of the text; `applyEdits` of jsonc-parser applies them
 * @throws Error where the path leads through a value that is neither an object nor a list
 */
export function editConfig(text: string, path: JSONPath, value: JsonValue): Edit[] {
  const layout = layoutOf(text);
  const root = configTree(text);
  if (root === undefined) {
    const begun = text === "" || /[\r\n]$/.test(text) ? "" : layout.lineEnd;
    const written = write(nest(path, value), "", layout);
    return [{ offset: text.length, length: 0, content: `${begun}${written}${layout.lineEnd}` }];
  }
  let node = root;
  for (const [depth, segment] of path.entries()) {
    const child = childOf(node, segment);
    if (child === undefined) return insert(text, node, segment, nest(path.slice(depth + 1), value), layout);
    node = child;
  }
  const content = write(value, indentAt(text, node.offset), layout);
  return [{ offset: node.offset, length: node.length, content }];
}

/**
 * As `editConfig`, for several values, none of which stands inside of another.
 * @throws Error as `editConfig` does, and where two changes would be at one place of the text
 */
export function editConfigAll(text: string, changes: readonly ConfigChange[]): Edit[] {
  const edits = changes
    .flatMap(({ path, value }) => editConfig(text, path, value))
    .sort((a, b) => a.offset - b.offset);
  for (const [index, { offset }] of edits.entries()) {
    const before = edits[index - 1];
    if (before && offset < before.offset + Math.max(1, before.length)) {
      throw new Error(`Two changes meet at character ${offset + 1}`);
    }
  }
  return edits;
}

/** The tree of a text of `fusion.json`; `undefined` where it holds nothing but blanks and comments. */
export function configTree(text: string): Node | undefined {
  // A byte order mark is no blank space to the parser; every offset stays.
  return parseTree(text.replace(/^\uFEFF/, " "), [], { allowTrailingComma: true });
}

/** The indentation of the first line that has one, and the line end of the first line. */
function layoutOf(text: string): Layout {
  const [, indent = "  "] = /^([ \t]+)["{[]/m.exec(text) ?? [];
  return { indent, lineEnd: /\r?\n/.exec(text)?.[0] ?? "\n" };
}

/** The member or item that counts; of two members with one name, the last. */
export function childOf(node: Node, segment: string | number): Node | undefined {
  if (typeof segment === "number") return node.type === "array" ? node.children?.[segment] : undefined;
  const members = node.type === "object" ? (node.children ?? []) : [];
  return members.findLast(({ children }) => children?.[0]?.value === segment)?.children?.[1];
}

/** A value inside of the objects and lists that a path names. */
function nest(path: JSONPath, value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>(
    (inner, segment) => (typeof segment === "string" ? { [segment]: inner } : [inner]),
    value,
  );
}

/** Puts a member or an item at the end of an object or a list. */
function insert(
  text: string,
  node: Node,
  segment: string | number,
  value: JsonValue,
  layout: Layout,
): Edit[] {
  if (node.type !== (typeof segment === "string" ? "object" : "array")) {
    throw new Error(`There is no place for ${segment} in a value of the type ${node.type}`);
  }
  const close = node.offset + node.length - 1;
  const last = node.children?.at(-1);
  const lastEnd = last ? last.offset + last.length : null;
  const comma = lastEnd === null ? null : commaAfter(text, lastEnd, close);
  const several = /[\r\n]/.test(text.slice(node.offset, close));
  const outer = indentAt(text, node.offset);
  const indent = several && last ? indentAt(text, last.offset) : outer + layout.indent;
  const name = typeof segment === "string" ? `${JSON.stringify(segment)}: ` : "";
  const onOneLine = !several && last !== undefined && !isNested(value);
  const item = name + write(value, onOneLine ? outer : indent, layout);
  const between: Edit[] =
    lastEnd !== null && comma === null ? [{ offset: lastEnd, length: 0, content: "," }] : [];
  // As the list was written: with a comma after its last item, or without.
  const after = comma === null ? "" : ",";
  const lineStart = close - indentBefore(text, close).length;
  if (several && /[\r\n]/.test(text[lineStart - 1] ?? "")) {
    return [
      ...between,
      { offset: lineStart, length: 0, content: `${indent}${item}${after}${layout.lineEnd}` },
    ];
  }
  const blank = close - lineStart;
  if (onOneLine) return joined(between, { offset: close - blank, length: 0, content: ` ${item}${after}` });
  const content = `${layout.lineEnd}${indent}${item}${after}${layout.lineEnd}${outer}`;
  return joined(between, { offset: close - blank, length: blank, content });
}

/** Two changes at one place have no order of their own. */
function joined([before]: Edit[], edit: Edit): Edit[] {
  if (before === undefined) return [edit];
  return before.offset === edit.offset
    ? [{ ...edit, content: before.content + edit.content }]
    : [before, edit];
}

/** Where the comma stands that follows a list's last item; `null` where there is none. */
function commaAfter(text: string, from: number, to: number): number | null {
  const blank = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.test(text);
  return blank.lastIndex < to && text[blank.lastIndex] === "," ? blank.lastIndex : null;
}

/** The blanks at the beginning of the line on which an offset lies. */
function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(offset === 0 ? 0 : start, offset))?.[0] ?? "";
}

/** The blanks on the same line right before an offset. */
function indentBefore(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? "";
}

/** Members and items on lines of their own, but what holds no further ones on a single line. */
function write(value: JsonValue, indent: string, layout: Layout): string {
  if (!isContainer(value)) return JSON.stringify(value);
  const items = Array.isArray(value)
    ? value.map((item) => ["", item] as const)
    : Object.entries(value).map(([name, member]) => [`${JSON.stringify(name)}: `, member] as const);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (items.length === 0) return open + close;
  if (!isNested(value)) {
    const pad = Array.isArray(value) ? "" : " ";
    return `${open}${pad}${items.map(([name, item]) => name + JSON.stringify(item)).join(", ")}${pad}${close}`;
  }
  const inner = indent + layout.indent;
  const lines = items.map(([name, item]) => inner + name + write(item, inner, layout));
  return [open, lines.join(`,${layout.lineEnd}`), indent + close].join(layout.lineEnd);
}

function isContainer(value: JsonValue): value is readonly JsonValue[] | JsonObject {
  return typeof value === "object" && value !== null;
}

function isNested(value: JsonValue): boolean {
  return isContainer(value) && Object.values(value).some(isContainer);
}
