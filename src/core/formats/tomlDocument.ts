import { parse, TomlDate, TomlError } from "smol-toml";
import { isDay } from "../../protocol/isoTimestamp.js";
import { EMPTY_FILE, type JsonDocument, MAX_DEPTH, TOO_DEEP } from "../sources/jsonDocument.js";
import { SourceError } from "../sources/sourceError.js";
import { refuseDeepNesting } from "./nesting.js";

/** Longer texts are refused: the parser takes a third of a second for each million characters. */
const MAX_TOML_LENGTH = 16_000_000;

/**
 * Parses TOML 1.0; its dates become texts. The lines of values are not known.
 * @throws SourceError, for whole numbers beyond 2^53 too
 */
export function parseTomlDocument(text: string): JsonDocument {
  if (text.trim() === "") throw new SourceError(EMPTY_FILE);
  if (text.length > MAX_TOML_LENGTH) {
    throw new SourceError("TOML of more than 16 million characters is not read. Save it as JSON.");
  }
  const value = parseToml(text);
  refuseMissingDays(text);
  refuseDeepNesting(value);
  writeOutDates(value);
  return { value, linesOf: async (paths) => paths.map(() => null) };
}

function parseToml(text: string): object {
  try {
    return parse(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = ""] = error.message.split("\n");
    if (message.includes("nested")) throw new SourceError(TOO_DEEP, error.line);
    const detail = message.replace(/^Invalid TOML document:\s*/, "").replace(/\.$/, "");
    throw new SourceError(`this is not valid TOML: ${detail}. Mend it and save the file.`, error.line);
  }
}

/**
 * The parser makes the 2nd of March of a 30th of February. With a day 99 in its place it refuses a date, and only a date:
 * in a text, a comment or a key it may stand.
 */
function refuseMissingDays(text: string): void {
  const marked = text.replace(/\b(\d{4}-(\d\d)-)(\d\d)(?!\d)/g, (date, begin, month, day) =>
    Number(day) > 28 && !isDay(Number(date.slice(0, 4)), Number(month), Number(day)) ? `${begin}99` : date,
  );
  if (marked === text) return;
  try {
    parse(marked, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new SourceError(NO_SUCH_DATE, error.line);
  }
}

const NO_SUCH_DATE = "a date does not exist. Mend it and save the file.";

function writeOutDates(container: object): void {
  for (const [key, value] of Object.entries(container)) {
    if (value instanceof TomlDate) Reflect.set(container, key, dateText(value));
    else if (typeof value === "object" && value !== null) writeOutDates(value);
  }
}

function dateText(date: TomlDate): string {
  if (!date.isValid()) throw new SourceError(NO_SUCH_DATE);
  return date.toISOString().replace(/\.000(?!\d)/, "");
}
