/** The ticked and all items of a document's task lists. */
export interface MarkdownTasks {
  readonly done: number;
  readonly total: number;
}

/** An item with a box, at any indentation and inside of quotations: GitHub Flavored Markdown, "Task list items". */
const TASK = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\](?:[ \t]|$)/;

/** A fence of code may itself be an item's beginning. */
const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING_FENCE = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;

/** What nobody sees: a comment that begins a line, to its end. */
const COMMENT = /^[ \t>]*<!--/;
const COMMENT_END = "-->";

/** The header of a document, between two lines of three dashes. */
const FRONT_MATTER = /^---[ \t]*(?:\r\n|\r|\n).*?(?:\r\n|\r|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/s;

/** Counts task list items, those in fenced code, in comments and in the document's header left out. */
export function countMarkdownTasks(text: string): MarkdownTasks {
  let done = 0;
  let total = 0;
  let fence: string | null = null;
  let isComment = false;
  for (const line of text.replace(FRONT_MATTER, "").split(/\r\n|\r|\n/)) {
    if (fence === null && (isComment || COMMENT.test(line))) {
      isComment = !line.includes(COMMENT_END);
      continue;
    }
    if (fence !== null) {
      const closing = CLOSING_FENCE.exec(line)?.[1];
      if (closing?.startsWith(fence)) fence = null;
      continue;
    }
    fence = FENCE.exec(line)?.[1] ?? null;
    const box = TASK.exec(line)?.[1];
    if (fence !== null || box === undefined) continue;
    total++;
    if (box !== " ") done++;
  }
  return { done, total };
}
