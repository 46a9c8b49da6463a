import ts from "typescript";
import { spokenSentences } from "../../scripts/l10n/sentences.mjs";
import { isTranslated, parsedFiles, textOf } from "../../scripts/l10n/source.mjs";

/** Properties by which VS Code is given what people read. */
const READ =
  /^(?:aria-?[lL]abel|contents?|description|detail|label|message|name|placeHolder|placeholder|prompt|text|title|tooltip)$/;

/** Attributes that are read out or shown beside the element's own text. */
const READ_ATTRIBUTES =
  /\b(?:aria-(?:label|description|roledescription)|title|placeholder|alt|label)="?([^"\s>]*)/g;

const LETTER = /\p{L}/u;

export interface UntranslatedText {
  readonly file: string;
  readonly text: string;
}

/**
 * Texts in the sources of the interface that a person may read and that nobody translates: in a template of the page its
 * text and the attributes that are read out; elsewhere what has more than one word, what begins like a sentence, and
 * whatever is given to VS Code by a property that it shows.
 */
export function untranslatedTexts(folders: readonly string[]): UntranslatedText[] {
  const spoken = spokenSentences();
  return parsedFiles(folders).flatMap((file) => {
    const found: UntranslatedText[] = [];
    const report = (text: string) => {
      if (!spoken.has(text)) found.push({ file: file.fileName, text: text.replace(/\s+/g, " ").trim() });
    };
    visit(file, report);
    return found;
  });
}

function visit(node: ts.Node, report: (text: string) => void): void {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
  if (isTranslated(node)) {
    for (const value of node.arguments.slice(1)) visit(value, report);
  } else if (ts.isTaggedTemplateExpression(node) && /^(?:html|svg)$/.test(node.tag.getText())) {
    visitTemplate(node.template, report);
  } else {
    const text = textOf(node);
    if (text !== null && isRead(text, node.parent)) report(text);
    ts.forEachChild(node, (child) => visit(child, report));
  }
}

function visitTemplate(template: ts.TemplateLiteral, report: (text: string) => void): void {
  const markup = (textOf(template) ?? "").replace(/\{\d+\}/g, "\0");
  for (const text of markup.replace(/<!--[\s\S]*?-->/g, "").split(/<[^>]*>/)) {
    if (LETTER.test(text)) report(text.replaceAll("\0", "…"));
  }
  for (const [attribute, value = ""] of markup.matchAll(READ_ATTRIBUTES)) {
    if (LETTER.test(value)) report(attribute.replaceAll("\0", "…"));
  }
  if (ts.isNoSubstitutionTemplateLiteral(template)) return;
  for (const { expression } of template.templateSpans) visit(expression, report);
}

function isRead(text: string, parent: ts.Node): boolean {
  // Of markup, what stands between its tags.
  const words = text.replace(/<[^>]*>|&\w+;/g, "");
  if (!/\p{L}{2}/u.test(words.replace(/\{\d+\}|\$\([\w-~]+\)|\(command:[\w.]+\)/g, ""))) return false;
  if (/\S \S/.test(text) || /^\p{Lu}\p{Ll}/u.test(text)) return true;
  return (ts.isPropertyAssignment(parent) && READ.test(parent.name.getText())) || isShown(parent);
}

/** Whether a text is assigned to a property that VS Code shows, as in `item.tooltip = …`. */
function isShown(parent: ts.Node): boolean {
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(parent.left) &&
    READ.test(parent.left.name.text)
  );
}
