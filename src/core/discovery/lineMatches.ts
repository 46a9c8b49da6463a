import { withoutAnsi } from "../formats/ansiSequence.js";
import { beginOf } from "../formats/clippedText.js";
import { extract } from "../formats/extract.js";
import { compileMatcher } from "../formats/lineMatcher.js";
import type { Entry } from "./entry.js";
import type { LabelWords } from "./labelWords.js";
import type { LineUse } from "./lineUse.js";
import { keyLabel } from "./metricName.js";
import { type Proposal, settled, WHOLE_FILE } from "./proposal.js";
import { numberProposals } from "./textDrafts.js";

export interface LineMatches {
  /** None where no line matches, as the sum of nothing says nothing. */
  readonly entries: readonly Entry[];
  /** Lines that match. */
  readonly count: number;
  /** The newest of them. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_LENGTH = 200;

/** What a regular expression finds in a text now. */
export async function matchLines(text: string, use: LineUse, words: LabelWords): Promise<LineMatches> {
  const { match } = use;
  const proposals = use.kind === "count" ? [countProposal(use)] : numberProposals(use, words);
  const found = await extract(
    "text",
    text,
    proposals.map(({ selection }) => selection),
  );
  const matches = compileMatcher(match, true);
  let count = 0;
  let examples: string[] = [];
  for (const each of text.split(/\r\n|\r|\n/)) {
    const line = withoutAnsi(each);
    if (matches(line) === null) continue;
    count++;
    examples = [...examples.slice(1 - MAX_EXAMPLES), beginOf(line.trim(), MAX_EXAMPLE_LENGTH)];
  }
  return { entries: count === 0 ? [] : settled(proposals, found), count, examples: examples.reverse() };
}

function countProposal({ match, name, file }: LineUse): Proposal {
  const label = keyLabel(name, file);
  const selection = { ...WHOLE_FILE, match, aggregate: "count" as const };
  return {
    kind: "value",
    name: null,
    aggregate: "count",
    where: null,
    label,
    key: "",
    currency: null,
    selection,
  };
}
