import ts from "typescript";
import { isTranslated, parsedFiles, textOf } from "./source.mjs";

/** Where what is wrong is put into words: all that stands there in more than one word is read by people. */
const SPEAKERS = [
  "src/core/config",
  "src/core/discovery/discover.ts",
  "src/core/discovery/fileDiscovery.ts",
  "src/core/folderSource.ts",
  "src/core/formats",
  "src/core/history/exchangeParser.ts",
  "src/core/history/followedHistory.ts",
  "src/core/history/importer.ts",
  "src/core/sources",
  "src/core/stream.ts",
  "src/server/ownership",
  "src/server/privateText.ts",
  "src/server/tokenLedger.ts",
  "src/vscode/githubSignIn.ts",
  "src/vscode/serverHost.ts",
  "src/vscode/virtualReader.ts",
];

/** Several words that nobody reads: what git is asked and answers, an empty `fusion.json`, lines of the log, keys. */
const UNSPOKEN =
  /^(--|git \{0\}$|Bearer |\{\n|❌|⚠️|🔗|⏱️|told |does not have any commits yet$|dubious ownership$|not a git repository$|Two changes meet|There is no place for \{0\} in)/u;

/** What the built-in metrics are called. */
const LABELLED = ["src/core/folderSource.ts", "src/core/sources"];

/**
 * The sentences in which the stream says what is wrong, and the built-in metrics' names: in English to every client, and
 * translated by whoever shows them (src/protocol/sentences.ts).
 * @returns {Set<string>} with their values as `{0}`, `{1}` …
 */
export function spokenSentences() {
  const found = new Set(["{0}: {1}"]);
  for (const file of parsedFiles(SPEAKERS)) {
    visit(file, (_node, text) => {
      if (/\S \S/.test(text) && /\p{Ll}{2}/u.test(text) && !UNSPOKEN.test(text)) found.add(text);
    });
  }
  for (const file of parsedFiles(LABELLED)) {
    visit(file, (node, text) => {
      const { parent } = node;
      if (ts.isPropertyAssignment(parent) && parent.name.getText() === "label") found.add(text);
    });
  }
  return found;
}

/**
 * @param {ts.Node} node
 * @param {(node: ts.Node, text: string) => void} tell called with every text below it that no one else translates
 */
function visit(node, tell) {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isTranslated(node)) return;
  const text = textOf(node);
  if (text !== null) tell(node, text);
  ts.forEachChild(node, (child) => visit(child, tell));
}
