const BOUNDARIES = /[\s_-]+|(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** An id as a label: "openBugs" and "open_bugs" become "Open bugs", "HTTPErrors" becomes "HTTP errors". */
export function labelOf(id: string): string {
  const words = id.split(BOUNDARIES).filter((word) => word !== "");
  const sentence = words.map((word) => (/^\p{Lu}\p{Ll}/u.test(word) ? word.toLowerCase() : word)).join(" ");
  return sentence === "" ? id : sentence.replace(/^\p{L}/u, (first) => first.toUpperCase());
}
