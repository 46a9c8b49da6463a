/** Text of the workspace stays text in Markdown: no markup, no icon, no table of its own. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, "\\$&");
}
