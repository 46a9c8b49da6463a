const BOUNDARIES = /[\s_-]+|(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** The words of an id, as written: "openBugs" has two. */
export function wordsOf(id: string): string[] {
  return id.split(BOUNDARIES).filter((word) => word !== "");
}

/** An id as a label: "openBugs" and "open_bugs" become "Open bugs", "HTTPErrors" becomes "HTTP errors". */
export function labelOf(id: string): string {
  const sentence = wordsOf(id)
    .map((word) => (/^\p{Lu}\p{Ll}/u.test(word) ? word.toLowerCase() : word))
    .join(" ");
  return sentence === "" ? id : sentence.replace(/^\p{L}/u, (first) => first.toUpperCase());
}
