const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;
const LINK = /^\[(.*)\]\(([^)]*)\)$/;
const [ISOLATE, END] = ["\u2067", "\u2069"];

/**
 * A translation as it has to stand in an interface that runs from left to right whatever its language, as VS Code's does:
 * each line of a language that is written from right to left keeps its order and its full stop by an isolate.
 * @param {string} text
 */
export function isolated(text) {
  return text
    .split("\n")
    .map((line) => {
      if (!RIGHT_TO_LEFT.test(line)) return line;
      const link = LINK.exec(line);
      // VS Code makes a button of a line that is a link and nothing else.
      return link ? `[${enclosed(link[1] ?? "")}](${link[2]})` : enclosed(line);
    })
    .join("\n");
}

/** @param {string} text */
function enclosed(text) {
  return text.startsWith(ISOLATE) ? text : `${ISOLATE}${text}${END}`;
}
