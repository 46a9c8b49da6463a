import type { LabelWords } from "./labelWords.js";
import { fieldsOf } from "./listFields.js";
import { type ListReading, listProposals } from "./listProposals.js";
import { type Draft, WHOLE_FILE } from "./proposal.js";
import { literalText, pathText } from "./queryText.js";

/** So many of the newest lines tell of the others. */
const SAMPLE = 400;

/**
 * What lines of JSON hold.
 * @param label what the lines are together
 */
export function lineDrafts(text: string, label: string, words: LabelWords): Draft[] {
  const values = lastLines(text, SAMPLE).flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      // Damaged lines are left out of every metric too.
      return [];
    }
  });
  return listProposals(jsonLines(label), fieldsOf(values), words);
}

function jsonLines(label: string): ListReading {
  const select = (query: string) => ({ ...WHOLE_FILE, query: query === "" ? null : query });
  return {
    label,
    all: { ...WHOLE_FILE, aggregate: "count" },
    field: (path, aggregate) => ({ ...select(pathText(path)), aggregate }),
    where: (path, value) => {
      const left = path.length === 0 ? "@" : pathText(path);
      // A line counts where the query gives anything, and `false` is something.
      return { ...select(`[@][?${left}==${literalText(value)}] | [0]`), aggregate: "count" };
    },
    inner: () => null,
  };
}

/** The last lines of a text that hold something. */
export function lastLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let end = text.length;
  for (let at = text.length - 1; at >= -1 && lines.length < most; at--) {
    if (at >= 0 && text[at] !== "\n" && text[at] !== "\r") continue;
    const line = text.slice(at + 1, end);
    if (line.trim() !== "") lines.push(line);
    end = at;
  }
  return lines.reverse();
}
