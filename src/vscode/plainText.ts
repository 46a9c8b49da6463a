/**
 * A text that others wrote, for a notification. VS Code makes links of `[label](command:…)` there, and a click on one would
 * run any command; apart, the two halves are text.
 */
export function plainText(text: string): string {
  return text.replaceAll("](", "] (");
}
