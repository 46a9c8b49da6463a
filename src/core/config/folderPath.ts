import type { ConfigFix, ConfigProblems, Span } from "./configProblem.js";
import { replaceBy } from "./configProblem.js";

/**
 * A path below the workspace folder, with `/` and without `./` in front; `null`, with an error among the problems, where
 * it is none.
 * @param value where the path stands
 */
export function parseFolderPath(path: string, value: Span, problems: ConfigProblems): string | null {
  const refuse = (message: string, fix: ConfigFix | null = null) => {
    problems.error(value, message, fix);
    return null;
  };
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path))
    return refuse('This is an address, not a path. Use "url" for it.');
  if (/^([/\\~]|[a-z]:)/i.test(path)) {
    return refuse("Write the path from the workspace folder on, such as data/bugs.json.");
  }
  if (path.includes("\\")) {
    return refuse("Write the path with forward slashes.", replaceBy(value, path.replaceAll("\\", "/")));
  }
  const segments = path.split("/").filter((segment) => segment !== "." && segment !== "");
  if (segments.includes("..")) {
    return refuse('The path leaves the workspace folder with "..". Only files inside of it are read.');
  }
  if (segments.length === 0 || path.endsWith("/"))
    return refuse("This is a folder. Write the path of a file.");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system shows a person such a name
  if (/[\u0000-\u001f]/.test(path))
    return refuse("The path holds a line break or another control character.");
  return segments.join("/");
}
