import { MAX_DEPTH, TOO_DEEP } from "../sources/jsonDocument.js";
import { SourceError } from "../sources/sourceError.js";

/**
 * Refuses values that are nested more than 64 deep, and those that contain themselves.
 * @throws SourceError
 */
export function refuseDeepNesting(root: unknown): void {
  /** The deepest place at which a value was seen: YAML's aliases can name one value in very many places. */
  const seen = new Map<object, number>();
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== "object" || value === null) return;
    if (depth > MAX_DEPTH) throw new SourceError(TOO_DEEP);
    if ((seen.get(value) ?? 0) >= depth) return;
    seen.set(value, depth);
    for (const item of Object.values(value)) visit(item, depth + 1);
  };
  visit(root, 1);
}
