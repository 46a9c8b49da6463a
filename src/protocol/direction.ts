/** Languages that are written from right to left, by their codes: those of VS Code's language packs and their like. */
const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|iw|nqo|ps|sd|syr|ug|ur|yi)\b/i;

/** Which way a language is written. @param language a code as VS Code gives it, such as "ar" or "zh-cn" */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
}
