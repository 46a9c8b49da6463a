import { join } from "node:path";
import { Deadline } from "../deadline.js";
import { exists } from "./gitDirectory.js";
import { countCommits } from "./gitHistory.js";
import { MeasuredSource } from "./measuredSource.js";
import type { MetricShape, Source } from "./source.js";

/** What appears in a folder that becomes a repository or a worktree of one, relative to it. */
export const GIT_FILES = [".git", ".git/HEAD"];

/** Git itself may take up to three times 5 s (ms). */
const deadline = new Deadline(20_000);

/** Counts the commits of the last while on HEAD's history of the repository that a folder is in. */
export function commitsSource(
  id: string,
  root: string,
  sinceMs: number,
  shape: MetricShape,
  scale = 1,
): Source {
  return new MeasuredSource({
    id,
    shape,
    scale,
    name: "The git repository",
    optional: false,
    deadline,
    measure: () => countSince(root, sinceMs),
  });
}

/** The same for a folder that is a repository itself; left out where it is none. */
export function ownCommitsSource(id: string, root: string, sinceMs: number, shape: MetricShape): Source {
  return new MeasuredSource({
    id,
    shape,
    name: "The git repository",
    optional: true,
    deadline,
    measure: async () => ((await exists(join(root, ".git"))) ? countSince(root, sinceMs) : null),
  });
}

async function countSince(root: string, sinceMs: number) {
  const counted = await countCommits(root, Date.now() - sinceMs);
  return counted && { value: counted.commits, place: null };
}
