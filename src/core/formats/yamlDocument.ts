import { Composer, type CST, type Document, isNode, Lexer, Parser, type YAMLError } from "yaml";
import { EMPTY_FILE, type JsonDocument, MAX_DEPTH, TOO_DEEP } from "../sources/jsonDocument.js";
import { lineIndex } from "../sources/lineIndex.js";
import { SourceError } from "../sources/sourceError.js";
import { refuseDeepNesting } from "./nesting.js";
import { YamlAliases } from "./yamlAliases.js";

/** Longer texts are refused: the parser takes about a second and 100 MB for each million characters. */
const MAX_YAML_LENGTH = 4_000_000;

/** What the parser holds open around the innermost value beside the collections that it is in. */
const PARSER_OVERHEAD = 2;

/**
 * Parses YAML 1.2 with its core schema: dates, `yes` and `1_000` are texts, keys are texts, and only the core's own tags
 * are known; and its merge keys, which come from YAML 1.1 and are what people share settings with.
 * @throws SourceError for everything else that YAML can express, such as more than one document or a key that stands twice
 */
export function parseYamlDocument(source: string): JsonDocument {
  if (source.length > MAX_YAML_LENGTH) {
    throw new SourceError("YAML of more than 4 million characters is not read. Save it as JSON.");
  }
  // The library knows no lines that end in CR alone, which YAML does; every offset stays.
  const text = source.replace(/\r(?!\n)/g, "\n");
  const lineOf = lineIndex(text);
  const document = compose(text, lineOf);
  if (document === undefined || document.contents === null) throw new SourceError(EMPTY_FILE);
  const aliases = new YamlAliases(document);
  const value = toValue(document);
  refuseDeepNesting(value);
  return {
    value,
    linesOf: async (paths) =>
      paths.map((path) => {
        const node = path.reduce<unknown>((at, key) => aliases.memberOf(at, key), document.contents);
        return isNode(node) && node.range ? lineOf(node.range[0]) : null;
      }),
  };
}

function compose(text: string, lineOf: (offset: number) => number): Document.Parsed | undefined {
  const composer = new Composer<Document.Parsed["contents"] & object>({
    version: "1.2",
    schema: "core",
    resolveKnownTags: false,
    merge: true,
    stringKeys: true,
    uniqueKeys: true,
    strict: true,
    logLevel: "error",
  });
  const [document, second] = [...composer.compose(tokens(text, lineOf))];
  const error: YAMLError | undefined = document?.errors[0] ?? document?.warnings[0];
  if (error) throw new SourceError(`${reasonOf(error)}. Mend it and save the file.`, lineOf(error.pos[0]));
  if (second) {
    throw new SourceError("this holds more than one document. Keep one in a file.", lineOf(second.range[0]));
  }
  return document;
}

/** The tokens of a text that is not nested too deep: the composer's recursion ends the whole process where it is. */
function* tokens(text: string, lineOf: (offset: number) => number): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH + PARSER_OVERHEAD) {
      throw new SourceError(TOO_DEEP, lineOf(parser.offset));
    }
  }
  yield* parser.end();
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    // The library tells it by its words alone.
    if (error instanceof Error && /^merge sources/i.test(error.message)) {
      throw new SourceError(
        "what << merges is not an object, nor an alias (*name) of one. Mend it and save the file.",
      );
    }
    if (!(error instanceof ReferenceError)) throw error;
    throw new SourceError(
      "an alias (*name) stands before its anchor (&name), or without one. Mend it and save the file.",
    );
  }
}

function reasonOf(error: YAMLError): string {
  return REASONS[error.code] ?? "this is not valid YAML";
}

const REASONS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_ALIAS: "an alias (*name) is not written as YAML wants it",
  BAD_DIRECTIVE: "a line that begins with % is not known",
  BAD_DQ_ESCAPE: "a backslash in a text is not followed by what YAML knows",
  BAD_INDENT: "the indentation does not fit, or a bracket is not closed",
  BAD_SCALAR_START: "a text cannot begin with this character without quotes",
  BLOCK_AS_IMPLICIT_KEY: "a colon stands where no name is before it",
  BLOCK_IN_FLOW: "an indented block stands inside of brackets",
  DUPLICATE_KEY: "this name stands twice",
  KEY_OVER_1024_CHARS: "a name is longer than 1024 characters",
  MISSING_CHAR: "a bracket, quote, comma or colon is missing here",
  MULTILINE_IMPLICIT_KEY: "a name spans more than one line, or the indentation does not fit",
  MULTIPLE_DOCS: "this holds more than one document",
  NON_STRING_KEY: "a name must be a text",
  TAB_AS_INDENT: "a tab indents this line: YAML wants spaces",
  TAG_RESOLVE_FAILED: "this tag (!name) is not known here",
  UNEXPECTED_TOKEN: "something stands here that YAML does not expect",
};
