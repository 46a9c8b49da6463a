import type { Selection } from "../config/metricDefinition.js";
import { withoutAnsi } from "../formats/ansiSequence.js";
import { aggregatesOf } from "./aggregateGuess.js";
import { filled, type LabelWords } from "./labelWords.js";
import { lastLines } from "./lineDrafts.js";
import { aggregateLabel, keyLabel } from "./metricName.js";
import { type NamedNumbers, namedNumbers } from "./namedNumbers.js";
import type { NumberRange } from "./numberRange.js";
import { type Draft, OF_NUMBERS, type Proposal, WHOLE_FILE } from "./proposal.js";

/** So many of the newest lines tell of the others. */
const SAMPLE = 400;

const LEVEL = /\b(?:fatal|critical|error|warning|warn|info|debug)\b/gi;

/**
 * What lines of text hold: their number, the words for how bad it is, and numbers behind names.
 * @param name what the file is called
 */
export function textDrafts(text: string, name: string, words: LabelWords): Draft[] {
  const lines = lastLines(text, SAMPLE).map(withoutAnsi);
  const levels = new Set(lines.flatMap((line) => line.match(LEVEL) ?? []));
  const last = keyLabel(name, name);
  return [
    proposal(null, "count", filled(words.lines, last), { aggregate: "count" }),
    proposal(null, "last", last, { aggregate: "last" }),
    ...[...levels].map((level) => ({
      ...proposal(null, "count", keyLabel(filled(words.lines, level), name), {
        match: `\\b${level}\\b`,
        aggregate: "count" as const,
      }),
      name: level,
    })),
    ...namedNumbers(lines).flatMap((found) => numberProposals({ ...found, file: name }, words)),
  ];
}

/** The numbers that a regular expression finds in a file. */
interface FileNumbers extends Omit<NamedNumbers, "numbers"> {
  /** What they are like, where they were looked at. */
  readonly numbers?: NumberRange;
  /** What the file is called. */
  readonly file: string;
}

/** What can be made of them. */
export function numberProposals(
  { name, match, key, currency, numbers, file }: FileNumbers,
  words: LabelWords,
): Proposal[] {
  const label = keyLabel(name, file);
  const aggregates = numbers === undefined ? OF_NUMBERS : aggregatesOf(key, numbers);
  return aggregates.map((aggregate) => ({
    ...proposal(name, aggregate, aggregateLabel(aggregate, label, words), { match, aggregate }),
    key,
    currency,
    ...(numbers === undefined ? {} : { numbers }),
  }));
}

function proposal(
  name: string | null,
  aggregate: Proposal["aggregate"],
  label: string,
  selection: Partial<Selection>,
): Proposal {
  return {
    kind: "value",
    name,
    aggregate,
    where: null,
    label,
    key: "",
    currency: null,
    selection: { ...WHOLE_FILE, ...selection },
  };
}
