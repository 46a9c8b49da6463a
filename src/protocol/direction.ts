/** Languages that are written from right to left, by their codes: those of VS Code's language packs and their like. */
const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|iw|nqo|ps|sd|syr|ug|ur|yi)\b/i;

/** Which way a language is written. @param language a code as VS Code gives it, such as "ar" or "zh-cn" */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
}

/** Letters of scripts that are written from right to left, and the mark that stands for them. */
const RIGHT_TO_LEFT_TEXT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A text that does not mix with what stands beside it, where it is written from right to left: an interface that runs from
 * left to right, as VS Code's does in every language, would draw the number after it before it.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT_TEXT.test(text) ? `\u2068${text}\u2069` : text;
}
