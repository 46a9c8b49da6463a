import { wordsOf } from "../config/metricLabel.js";

/** The words of a key, in small letters; what stands around them says nothing: "Revenue (EUR)". */
export function keyWords(key: string): string[] {
  return wordsOf(key.replace(/[()[\]{}]/g, " ")).map((word) => word.toLowerCase());
}

/** The words of a text, which blanks part. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
