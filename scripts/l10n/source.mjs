import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * Every TypeScript file of the folders, parsed.
 * @param {readonly string[]} places folders, or single files
 * @returns {ts.SourceFile[]}
 */
export function parsedFiles(places) {
  const files = places.flatMap((place) =>
    statSync(place).isFile()
      ? [place]
      : readdirSync(place, { recursive: true, encoding: "utf8" }).map((file) => join(place, file)),
  );
  return files
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .sort()
    .map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
}

/**
 * The text of a string or template, its values as `{0}`, `{1}` …; `null` for any other node.
 * @param {ts.Node} node
 * @returns {string | null}
 */
export function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map((span, index) => `{${index}}${span.literal.text}`).join("");
}

/**
 * Whether a node is a text that the panel and VS Code's interface translate: a call of `l10n.t`.
 * @param {ts.Node} node
 * @returns {node is ts.CallExpression}
 */
export function isTranslated(node) {
  return ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText());
}
