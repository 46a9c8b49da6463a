import ts from "typescript";
import { parsedFiles } from "../../scripts/l10n/source.mjs";

/** Functions that write something for people, with how many arguments they have when they are told in which language. */
const WRITERS: Readonly<Record<string, number>> = {
  age: 3,
  alertText: 3,
  alertTimeText: 3,
  clockTime: 2,
  displayCompact: 2,
  displayDelta: 4,
  displayPercentChange: 3,
  displayValue: 2,
  exactTime: 2,
  measuredTime: 2,
  moment: 3,
  numberFormat: 1,
  shortSpan: 2,
  shownValue: 2,
  timeFormat: 1,
  toLocaleDateString: 1,
  toLocaleString: 1,
  toLocaleTimeString: 1,
  updatedText: 3,
};

const FORMATS = /^Intl\.\w+(?:Format|Names)$/;

/** Places where a number, a date or a span is written in the machine's language instead of VS Code's. */
export function localeFree(folders: readonly string[]): string[] {
  return parsedFiles(folders).flatMap((file) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const called = node.expression.getText();
        const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : called;
        const needed = FORMATS.test(called) ? 1 : Object.hasOwn(WRITERS, name) ? (WRITERS[name] ?? 0) : 0;
        const given = node.arguments ?? ts.factory.createNodeArray();
        const language = given[needed - 1]?.getText();
        const isOwn = called.startsWith("this.") || called.endsWith(".moment");
        if (needed > 0 && !isOwn && (language === undefined || language === "undefined")) {
          found.push(`${file.fileName}: ${node.getText().slice(0, 80)}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}
