import { SourceError } from "../sources/sourceError.js";

/** The value that a regular expression finds in a line; `null` where it does not match. */
export type LineMatcher = (line: string) => string | null;

/**
 * Finds the group `value`, else the first group, else the whole match. To count, the whole match is enough: a group may
 * have been left out of it.
 * @throws SourceError where the expression is not valid
 */
export function compileMatcher(pattern: string, counting: boolean): LineMatcher {
  const expression = compilePattern(pattern);
  return (line) => {
    const found = expression.exec(line);
    if (found === null) return null;
    if (counting) return found[0];
    if (found.groups && Object.hasOwn(found.groups, "value")) return found.groups.value ?? null;
    return (found.length > 1 ? found[1] : found[0]) ?? null;
  };
}

function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    // Without `u` JavaScript takes what people write elsewhere, such as a backslash before a dash.
    try {
      return new RegExp(pattern);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^.*: /s, "").toLowerCase() : "";
      throw new SourceError(`"match" is not a valid regular expression: ${reason || "unknown syntax"}.`);
    }
  }
}
