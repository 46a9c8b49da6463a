import { join } from "node:path";
import { beginOf } from "../formats/clippedText.js";
import { type GitResult, runGit } from "./gitCommand.js";
import { currentBranch, exists, findGitDirectory } from "./gitDirectory.js";
import { ownershipError } from "./gitOwnership.js";
import { SourceError } from "./sourceError.js";

export interface CommitCount {
  /** Commits on HEAD's history, merges included, by the time they were committed. */
  readonly commits: number;
  /** The clone is shallow and ends within the time asked about: the true count may be higher. */
  readonly atLeast: boolean;
}

/** The first words of git's reason are enough, and may hold anything: they come from the repository. */
const MAX_REASON_LENGTH = 200;

/**
 * So many of the newest commits count by their own dates. Git's own walk ends at the first that is older, so that one commit
 * of a machine whose clock was wrong would hide all before it; to look at every commit of a long history takes too long.
 */
const DATED_COMMITS = 1_000;

/**
 * Counts the commits since a time in the repository that contains a folder, on whatever HEAD is: a branch or a commit.
 * A repository without commits has 0. `null` where the folder is in no repository; git then is not needed.
 * @param folder absolute path
 * @param sinceMs epoch milliseconds; git counts in whole seconds
 * @param signal ends the count
 * @throws SourceError where there is no git, or it cannot read the history within 5 s; the signal's reason once it aborts
 */
export async function countCommits(
  folder: string,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<CommitCount | null> {
  const repository = await findGitDirectory(folder);
  if (repository === null) return null;
  const sinceSeconds = Math.max(0, Math.floor(sinceMs / 1_000));
  const dated = await runGit(
    folder,
    ["log", `-${DATED_COMMITS}`, "--encoding=UTF-8", "--format=%ct"],
    signal,
  );
  if (dated.exitCode !== 0) {
    if (isUnborn(dated)) return { commits: 0, atLeast: false };
    throw historyError(dated);
  }
  const dates = dated.stdout.split("\n").filter((line) => line !== "");
  const commits = await countOfRecent(folder, dates.map(Number), sinceSeconds, signal);
  const atLeast =
    (await exists(join(repository.common, "shallow"))) &&
    // Where a shallow history ends, a commit seems to have no parent.
    countOf(await revList(folder, [sinceOption(sinceSeconds), "--max-parents=0"], signal)) > 0;
  return { commits, atLeast };
}

/**
 * The files that change with a new commit, a checkout or a fetch, by the absolute path of the directory that their own
 * paths begin at; those that are not there may yet appear. Empty where the folder is in no repository. A checkout changes
 * the answer: ask again after each change.
 * @param folder absolute path
 * @throws SourceError where no more file can be opened
 */
export async function gitWatchPaths(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const repository = await findGitDirectory(folder);
  if (repository === null) return new Map();
  const { own, common } = repository;
  const branch = await currentBranch(repository);
  const ownFiles = ["HEAD", "logs/HEAD", "reftable/tables.list"];
  const sharedFiles = ["packed-refs", "reftable/tables.list", ...(branch === null ? [] : [branch])];
  return own === common
    ? new Map([[own, [...new Set([...ownFiles, ...sharedFiles])]]])
    : new Map([
        [own, ownFiles],
        [common, sharedFiles],
      ]);
}

/** @param dates of the newest commits, in epoch seconds, in the order in which git comes to them */
async function countOfRecent(
  folder: string,
  dates: readonly number[],
  sinceSeconds: number,
  signal?: AbortSignal,
): Promise<number> {
  const recent = dates.filter((date) => date >= sinceSeconds).length;
  const ended = dates.length < DATED_COMMITS || Number(dates.at(-1)) < sinceSeconds;
  if (ended) return recent;
  const since = sinceOption(sinceSeconds);
  if (recent === dates.length) return countOf(await revList(folder, [since], signal));
  // Every commit that there is, from git 2.37 on: with so many within the time it is seldom needed.
  const filtered = await revList(folder, [since.replace("--since", "--since-as-filter")], signal);
  return filtered.exitCode === 0 ? countOf(filtered) : recent;
}

/** Without the zone, git takes a small number for something else than a time. */
function sinceOption(seconds: number): string {
  return `--since=@${seconds} +0000`;
}

function revList(folder: string, options: readonly string[], signal?: AbortSignal): Promise<GitResult> {
  return runGit(folder, ["rev-list", "--count", ...options, "--end-of-options", "HEAD", "--"], signal);
}

/** Whether HEAD is on a branch that has no commit yet: only `git log` tells that apart from a broken branch. */
function isUnborn({ stderr }: GitResult): boolean {
  return stderr.includes("does not have any commits yet");
}

function countOf(result: GitResult): number {
  const text = result.stdout.trim();
  if (result.exitCode !== 0 || !/^\d+$/.test(text)) throw historyError(result);
  return Number(text);
}

/** Why git could not read a history, for people. */
export function historyError(result: GitResult): SourceError {
  const foreign = ownershipError(result);
  if (foreign) return foreign;
  const { stderr } = result;
  const lines = stderr.split("\n");
  const line = lines.find((text) => text.startsWith("fatal: ")) ?? lines[0] ?? "";
  const reason = beginOf(line.replace(/\p{C}/gu, " ").trim(), MAX_REASON_LENGTH);
  return new SourceError(`git cannot read the history (${reason}). Run "git fsck" to see why.`, null, true);
}
