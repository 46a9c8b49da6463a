import type { Selection } from "../config/metricDefinition.js";
import { withoutAnsi } from "../formats/ansiSequence.js";
import { escapeExpression } from "./escapeExpression.js";
import { filled, type LabelWords } from "./labelWords.js";
import { lastLines } from "./lineDrafts.js";
import { NUMBER, NUMBER_END } from "./linePattern.js";
import { aggregateLabel, keyLabel } from "./metricName.js";
import { type Draft, OF_NUMBERS, type Proposal, WHOLE_FILE } from "./proposal.js";

/** So many of the newest lines tell of the others. */
const SAMPLE = 400;
const MAX_KEYS = 12;
const MAX_KEY_LENGTH = 40;

const LEVEL = /\b(?:fatal|critical|error|warning|warn|info|debug)\b/gi;

/** A number behind its name, as programs write it: `took=42ms`. */
const NAMED_NUMBER = new RegExp(`(?<![\\w.-])([A-Za-z][\\w.-]*)=${NUMBER}${NUMBER_END}`, "g");

/**
 * What lines of text hold: their number, the words for how bad it is, and numbers behind names.
 * @param name what the file is called
 */
export function textDrafts(text: string, name: string, words: LabelWords): Draft[] {
  const lines = lastLines(text, SAMPLE).map(withoutAnsi);
  const levels = new Set(lines.flatMap((line) => line.match(LEVEL) ?? []));
  const keys = new Set(lines.flatMap((line) => [...line.matchAll(NAMED_NUMBER)].map(([, key = ""]) => key)));
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
    ...[...keys]
      .filter((key) => key.length <= MAX_KEY_LENGTH)
      .slice(0, MAX_KEYS)
      .flatMap((key) =>
        numberProposals(
          {
            name: key,
            match: `(?<![\\w.-])${escapeExpression(key)}=(?<value>${NUMBER})${NUMBER_END}`,
            key,
            file: name,
          },
          words,
        ),
      ),
  ];
}

/** The numbers that a regular expression finds. */
interface FoundNumbers {
  readonly name: string;
  readonly match: string;
  /** What their display is guessed by. */
  readonly key: string;
  /** What the file is called. */
  readonly file: string;
}

/** What can be made of them. */
export function numberProposals({ name, match, key, file }: FoundNumbers, words: LabelWords): Proposal[] {
  const label = keyLabel(name, file);
  return OF_NUMBERS.map((aggregate) => ({
    ...proposal(name, aggregate, aggregateLabel(aggregate, label, words), { match, aggregate }),
    key,
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
