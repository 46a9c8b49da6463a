/**
 * The stream's sentences in another language. To every client it says in English what is wrong, as it has no language of
 * its own: programs read it, the log keeps it, and windows of several languages may show it. Whoever shows it finds the
 * template that a sentence was made from again, and with it the translation.
 */

/** Puts a sentence of the stream into the reader's language; gives it back as it is where no template fits. */
export type Wording = (english: string) => string;

/** Ends the keys of the stream's sentences among all translations; see scripts/l10n. */
const SENTENCE_KEY = "/sentence";

/** How a sentence stands behind its file, or behind whatever else is put before it. */
const PREFIXED_KEY = `{0}: {1}${SENTENCE_KEY}`;

/** Sentences that were put into words, kept at most: an unavailable source says the same one again and again. */
const MOST_KEPT = 500;

/** A value in a sentence may be a sentence itself: so deep they are looked into. */
const MOST_NESTED = 3;

/** A template with fewer letters of its own ("{0} or {1}") fits too much: alone it counts only around a known sentence. */
const FEWEST_LETTERS = 5;

/** In so many places at most a sentence is taken apart from what is put before it. */
const MOST_PREFIXES = 5;

interface Template {
  /** What stands before, between and after the values. */
  readonly pieces: readonly string[];
  /** Indexes of the values, in the order in which they stand in the English sentence. */
  readonly values: readonly number[];
  readonly letters: number;
  readonly translation: string;
}

interface Said {
  readonly text: string;
  /** How many characters of the English sentence no template has put into words: values, and what nobody knows. */
  readonly left: number;
}

/** @param translations of the whole interface, by key; empty in English */
export function wordingOf(translations: Readonly<Record<string, string>>): Wording {
  if (Object.keys(translations).length === 0) return (english) => english;
  let templates: readonly Template[] | null = null;
  const prefixed = translations[PREFIXED_KEY] ?? "{0}: {1}";
  const kept = new Map<string, string>();

  /** By the template that leaves the least unsaid; of two that leave the same, by the one with more words of its own. */
  function say(english: string, depth: number): Said {
    let best: Said = { text: english, left: english.length };
    if (depth > MOST_NESTED) return best;
    templates ??= templatesOf(translations);
    for (const template of templates) {
      const said = sayAs(template, english, depth);
      if (said !== null && said.left < best.left) best = said;
      if (best.left === 0) return best;
    }
    // "data/bugs.json: the file is empty.", and what else is put before a sentence.
    let at = english.indexOf(": ");
    for (let tried = 0; at > 0 && tried < MOST_PREFIXES; tried++) {
      const rest = say(english.slice(at + 2), depth + 1);
      const left = at + 2 + rest.left;
      if (left < best.left) best = { text: filled(prefixed, [english.slice(0, at), rest.text]), left };
      at = english.indexOf(": ", at + 1);
    }
    return best;
  }

  function sayAs({ pieces, values, letters, translation }: Template, english: string, depth: number) {
    const found = valuesIn(english, pieces);
    if (found === null) return null;
    const said = found.map((value) => say(value, depth + 1));
    const isMeant = depth > 0 || letters >= FEWEST_LETTERS || values.length === 0;
    if (!isMeant && said.every(({ text }, index) => text === found[index])) return null;
    const inOrder = Array.from(said, (_, index) => said[values.indexOf(index)]?.text ?? "");
    const text = filled(translation, inOrder);
    return { text, left: said.reduce((sum, { left }) => sum + left, 0) };
  }

  return (english) => {
    const known = kept.get(english);
    if (known !== undefined) return known;
    const { text } = say(english, 0);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(english, text);
    return text;
  };
}

function filled(translation: string, values: readonly string[]): string {
  return translation.replace(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? "");
}

/** Those with the most words of their own come first. */
function templatesOf(translations: Readonly<Record<string, string>>): Template[] {
  const templates = Object.entries(translations).flatMap(([key, translation]) => {
    if (!key.endsWith(SENTENCE_KEY) || key === PREFIXED_KEY) return [];
    const parts = key.slice(0, -SENTENCE_KEY.length).split(/\{(\d+)\}/);
    const pieces = parts.filter((_, index) => index % 2 === 0);
    const values = parts.filter((_, index) => index % 2 === 1).map(Number);
    return { pieces, values, letters: pieces.join("").replace(/\P{L}/gu, "").length, translation };
  });
  return templates.sort((a, b) => b.letters - a.letters);
}

/**
 * The values in a sentence that was made from a template; `null` where it was not. Each ends where the next piece first
 * stands, so that this takes a time in proportion to the sentence's length, whatever others wrote into it.
 */
function valuesIn(sentence: string, [first = "", ...others]: readonly string[]): string[] | null {
  if (!sentence.startsWith(first)) return null;
  const last = others.pop();
  if (last === undefined) return sentence === first ? [] : null;
  const values: string[] = [];
  let from = first.length;
  for (const piece of others) {
    const at = sentence.indexOf(piece, from);
    if (at < 0) return null;
    values.push(sentence.slice(from, at));
    from = at + piece.length;
  }
  const end = sentence.length - last.length;
  if (end < from || !sentence.endsWith(last)) return null;
  return [...values, sentence.slice(from, end)];
}
