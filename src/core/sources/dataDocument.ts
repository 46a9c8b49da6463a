import { enlargeTinyJsonNumbers } from "../formats/tinyNumber.js";
import { type JsonDocument, parseJsonDocument } from "./jsonDocument.js";
import type { JsonPath } from "./jsonPath.js";
import { SourceError } from "./sourceError.js";

/** Why a field of a data file has no good value; whoever read the file adds the field's line. */
export class FieldError extends SourceError {
  /** @param reason a sentence that names the field */
  constructor(
    reason: string,
    readonly path: JsonPath,
  ) {
    super(reason);
  }
}

/** What was found in a data file, and the file, which knows lines. */
export interface FoundInDocument<T> {
  readonly found: T;
  readonly document: JsonDocument;
}

/**
 * Finds something in a data file of JSON. A number too small to be held is infinite there: JSON.parse would make a 0 of it.
 * @param find given the root; may throw FieldError
 * @throws SourceError with the line where it is known
 */
export async function findInDocument<T>(
  text: string,
  find: (root: unknown) => T,
): Promise<FoundInDocument<T>> {
  const document = await parseJsonDocument(enlargeTinyJsonNumbers(text) ?? text);
  try {
    return { found: find(document.value), document };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const [line = null] = await document.linesOf([error.path]);
    throw new SourceError(error.reason, line);
  }
}
