import { SourceError } from "../sources/sourceError.js";
import type { Scalar } from "./scalar.js";

interface Found {
  readonly value: Scalar;
  /** Counted from 1; `null` where it is not known. */
  readonly line: number | null;
}

/** What one selection finds in a file. */
export type Extracted = ({ readonly ok: true } & Found) | { readonly ok: false; readonly error: SourceError };

/** What `find` finds, or the SourceError that it throws. */
export function attempt(find: () => Found): Extracted {
  try {
    const { value, line } = find();
    return { ok: true, value, line };
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, error };
    throw error;
  }
}
