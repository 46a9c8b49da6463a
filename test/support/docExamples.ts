import { readFileSync } from "node:fs";

/** A fenced example of a page. */
export interface DocExample {
  readonly language: string;
  /** What stands after the language: a file's name, or what is shown. */
  readonly title: string;
  readonly text: string;
  /** Of the page, counted from 1. */
  readonly line: number;
}

export interface DocSection {
  readonly heading: string;
  readonly examples: readonly DocExample[];
}

/** The sections of a Markdown file of `docs` that have examples. */
export function docSections(file: string): readonly DocSection[] {
  const sections: { heading: string; examples: DocExample[] }[] = [];
  let open: { language: string; title: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of readFileSync(`docs/${file}`, "utf8").split("\n").entries()) {
    const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
    const [fence, language = "", title = ""] = /^```(\w*) ?(.*)$/.exec(line) ?? [];
    if (open && fence) {
      const { lines, ...rest } = open;
      sections.at(-1)?.examples.push({ ...rest, text: lines.map((text) => `${text}\n`).join("") });
      open = null;
    } else if (open) open.lines.push(line);
    else if (fence) open = { language, title, line: index + 1, lines: [] };
    else if (heading) sections.push({ heading, examples: [] });
  }
  return sections.filter(({ examples }) => examples.length > 0);
}
