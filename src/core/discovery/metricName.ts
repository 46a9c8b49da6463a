import type { Aggregate } from "../../protocol/origin.js";
import { labelOf } from "../config/metricLabel.js";
import { clipped } from "../formats/clippedText.js";
import { filled, type LabelWords, lowered } from "./labelWords.js";

/** Longer labels do not fit on a card. In UTF-16 code units. */
const MAX_LABEL = 60;

/** For a value whose places have empty names only. */
const NO_NAME = "Value";

/** Words that say nothing without what they are of. */
const GENERIC = new Set(
  "value total count sum amount number current latest last first average avg mean min max size".split(" "),
);

/**
 * A label for a key of a file.
 * @param parent what stands around it, which a key as general as "total" needs to be understood
 */
export function keyLabel(key: string, parent: string): string {
  const own = labelOf(clean(key));
  if (own === "") return clipped(labelOf(clean(parent)), MAX_LABEL) || NO_NAME;
  if (!GENERIC.has(own.toLowerCase())) return clipped(own, MAX_LABEL);
  const around = labelOf(clean(parent));
  if (around === "") return own;
  return clipped(own === "Value" || hasWord(around, own) ? around : `${around} ${lowered(own)}`, MAX_LABEL);
}

/** A label for what is made of many values of a field. */
export function aggregateLabel(aggregate: Aggregate, field: string, words: LabelWords): string {
  const templates: Partial<Record<Aggregate, string>> = words.aggregates;
  const template = templates[aggregate] ?? "{0}";
  const made = template.replace("{0}", "").trim();
  const subject = hasWord(field, made) ? withoutWord(field, made) : field;
  return clipped(subject === "" ? field : filled(template, subject), MAX_LABEL);
}

/** A label for those of many things that are of a kind: "Open bugs". */
export function kindLabel(kind: string, things: string): string {
  const own = labelOf(clean(kind));
  return clipped(hasWord(things, own) ? things : `${own} ${lowered(things)}`.trim(), MAX_LABEL);
}

/** A label behind the name of what it stands in, where it does not say that already. */
export function labelWithPlace(place: string, label: string): string {
  const around = labelOf(clean(place));
  const said = hasWord(label, around) || `${label} `.toLowerCase().startsWith(`${around} `.toLowerCase());
  return said ? label : clipped(`${around} ${lowered(label)}`.trim(), MAX_LABEL);
}

/** Whether a label says a word already: nobody says it twice. */
function hasWord(label: string, word: string): boolean {
  return label.split(" ").some((each) => each.toLowerCase() === word.toLowerCase());
}

function withoutWord(label: string, word: string): string {
  return label
    .split(" ")
    .filter((each) => each.toLowerCase() !== word.toLowerCase())
    .join(" ");
}

/** An id that nobody has yet, from a label: "Open bugs" becomes `openBugs`, or `openBugs2`. */
export function freeId(label: string, taken: ReadonlySet<string>): string {
  const [first, ...rest] = label.match(/[\p{L}\p{N}]+/gu) ?? ["metric"];
  const id = [
    first?.toLowerCase(),
    ...rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()),
  ].join("");
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) {
    if (!taken.has(`${id}${number}`)) return `${id}${number}`;
  }
}

/** Keys may hold anything; a label is one line. */
function clean(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 2 * MAX_LABEL);
}
