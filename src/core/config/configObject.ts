import type { Node } from "jsonc-parser";
import { type ConfigProblems, quote, replaceBy } from "./configProblem.js";
import { asDuration, parseDuration } from "./duration.js";
import { listed, nearest } from "./suggestion.js";

/** A name of an object with its value. */
export interface Member {
  readonly key: Node;
  readonly value: Node;
}

/** The names that an object may have, and what people also call some of them (in lower case). */
export interface Vocabulary<Key extends string> {
  readonly keys: readonly Key[];
  readonly otherNames: Readonly<Record<string, Key>>;
}

/** The members of an object by name. Of one that is there twice the last counts, with a warning. */
export function membersOf(object: Node, problems: ConfigProblems): Map<string, Member> {
  const members = new Map<string, Member>();
  const properties = object.children ?? [];
  const indexes = new Map<string, number>();
  for (const [index, { children }] of properties.entries()) {
    const [key, value] = children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    const earlier = members.get(name);
    const next = properties[(indexes.get(name) ?? index) + 1];
    if (earlier && next) warnOfTwo(name, earlier.key, next, problems);
    members.set(name, { key, value });
    indexes.set(name, index);
  }
  return members;
}

/** @param next the property after the earlier of the two */
function warnOfTwo(name: string, { offset, length }: Node, next: Node, problems: ConfigProblems): void {
  const fix = { title: "Remove this one", offset, length: next.offset - offset, text: "" };
  const message = `${quote(name)} is here twice. Only the last one counts: remove this one.`;
  problems.warning({ offset, length }, message, fix);
}

/** An object with a fixed set of names. What is absent or wrong reads as `null`; what is wrong is among the problems. */
export class ConfigObject<Key extends string> {
  private readonly members: Map<string, Member>;
  /** Whether there are names that are not known: one of them may be a slip for one that seems to be missing. */
  readonly hasUnknown: boolean;

  /** @param node an object */
  constructor(
    readonly node: Node,
    { keys, otherNames }: Vocabulary<Key>,
    readonly problems: ConfigProblems,
  ) {
    this.members = membersOf(node, problems);
    const known = new Set<string>(keys);
    this.hasUnknown = [...this.members.keys()].some((name) => !known.has(name));
    for (const [name, { key }] of this.members) {
      if (known.has(name)) continue;
      if (problems.isFull("error")) break;
      const meant = nearest(name, keys, otherNames);
      const advice = meant === null ? `Use ${listed(keys)}, or remove it.` : `Did you mean "${meant}"?`;
      const fix = meant === null || this.members.has(meant) ? null : replaceBy(key, meant);
      problems.error(key, `${quote(name)} is not known here. ${advice}`, fix);
    }
  }

  member(key: Key): Member | null {
    return this.members.get(key) ?? null;
  }

  /** Those of these names that are there, in this order. */
  present<Name extends Key>(keys: readonly Name[]): Name[] {
    return keys.filter((key) => this.members.has(key));
  }

  /** A text; one that is empty counts as absent. */
  optionalText(key: Key, maxLength: number): string | null {
    const text = this.anyText(key, maxLength);
    return text === "" ? null : text;
  }

  /** A text that is not blank. */
  text(key: Key, maxLength: number): string | null {
    const text = this.anyText(key, maxLength);
    if (text === null || text.trim() !== "") return text;
    this.wrong(key, `"${key}" is empty. Fill it in, or remove it.`);
    return null;
  }

  /** A finite number. */
  number(key: Key): number | null {
    const value = this.member(key)?.value;
    if (!value) return null;
    if (value.type === "number" && Number.isFinite(value.value)) return value.value;
    if (value.type === "number") {
      this.wrong(key, `"${key}" is too large a number.`);
      return null;
    }
    const meant = value.type === "string" ? Number(value.value || Number.NaN) : Number.NaN;
    const fix = Number.isFinite(meant) ? replaceBy(value, meant) : null;
    this.wrong(key, `"${key}" must be a number, without double quotes.`, fix);
    return null;
  }

  /** One of a few texts. */
  choice<Choice extends string>(
    key: Key,
    choices: readonly Choice[],
    otherNames: Readonly<Record<string, Choice>> = {},
  ): Choice | null {
    const text = this.text(key, 1_000);
    if (text === null) return null;
    const chosen = choices.find((choice) => choice === text);
    if (chosen !== undefined) return chosen;
    const value = this.member(key)?.value;
    const meant = nearest(text, choices, otherNames);
    const fix = value && meant !== null ? replaceBy(value, meant) : null;
    const advice = meant === null ? `Use ${listed(choices)}.` : `Did you mean "${meant}"?`;
    this.wrong(key, `${quote(text)} is no "${key}". ${advice}`, fix);
    return null;
  }

  /**
   * A duration in milliseconds.
   * @param zero whether none at all is one
   */
  duration(key: Key, zero: boolean): number | null {
    const value = this.member(key)?.value;
    if (!value) return null;
    const ms = value.type === "string" ? parseDuration(value.value) : null;
    if (ms !== null && (ms > 0 || zero)) return ms;
    const meant = value.type === "string" ? asDuration(value.value) : null;
    const fix = meant === null || ms !== null ? null : replaceBy(value, meant);
    const what = ms === null ? "must be a time" : "must be more than nothing";
    this.wrong(key, `"${key}" ${what}, such as "30s", "10m", "1h", "7d" or "2w".`, fix);
    return null;
  }

  /** Reports what is wrong with a name's value. */
  wrong(key: Key, message: string, fix: Parameters<ConfigProblems["error"]>[2] = null): void {
    this.problems.error(this.member(key)?.value ?? this.node, message, fix);
  }

  /** Reports a name that may not stand here at all. */
  misplaced(key: Key, message: string): void {
    const member = this.member(key);
    if (member) this.problems.error(member.key, message);
  }

  private anyText(key: Key, maxLength: number): string | null {
    const value = this.member(key)?.value;
    if (!value) return null;
    if (value.type !== "string") {
      const scalar = value.type === "number" || value.type === "boolean";
      const fix = scalar ? replaceBy(value, String(value.value)) : null;
      this.wrong(key, `"${key}" must be a text in double quotes.`, fix);
      return null;
    }
    const text: string = value.value;
    if (text.length <= maxLength) return text;
    this.wrong(key, `"${key}" is longer than ${maxLength} characters. Shorten it.`);
    return null;
  }
}
