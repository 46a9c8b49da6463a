import type { GitResult } from "./gitCommand.js";
import { SourceError } from "./sourceError.js";

/** What to do where git refuses a repository because it is another user's (its `safe.directory`); `null` where it does not. */
export function ownershipError({ stderr }: GitResult): SourceError | null {
  if (!stderr.includes("dubious ownership")) return null;
  return new SourceError(
    'the repository belongs to another user, so git does not read it. Allow it with "git config --global --add safe.directory" and its path.',
    null,
    true,
  );
}
