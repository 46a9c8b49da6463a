import { type Commit, type HistoryRange, MAX_COMMITS } from "../../protocol/history.js";
import { type GitResult, runGit } from "./gitCommand.js";
import { findGitDirectory } from "./gitDirectory.js";
import { historyError } from "./gitHistory.js";

/** Columns of a subject; what is longer ends in "..". */
const SUBJECT_COLUMNS = 200;
/** The most commits with the longest subjects, each character in four bytes. */
const MAX_OUTPUT_BYTES = 1 << 20;
/** A commit's time in seconds, its hash and its subject, with NUL between them: no subject can hold one. */
const FORMAT = `%ct%x00%H%x00%<(${SUBJECT_COLUMNS},trunc)%s`;

interface Listing extends HistoryRange {
  readonly head: string;
  readonly commits: readonly Commit[];
}

/** The commits on HEAD's history of the repository that contains a folder. While HEAD stays, git is not asked again. */
export class CommitLog {
  private listing: Listing | null = null;

  /** @param folder absolute path */
  constructor(private readonly folder: string) {}

  /**
   * The newest commits of a range (at most 500), newest first, by the time they were committed; none where the folder is
   * in no repository.
   * @throws SourceError where there is no git, or it cannot read the history within 5 s
   */
  async list({ from, to }: HistoryRange): Promise<readonly Commit[]> {
    if ((await findGitDirectory(this.folder)) === null) return [];
    const head = await this.head();
    if (head === null) return [];
    if (!this.listing || !covers(this.listing, head, { from, to })) {
      // While HEAD stays nothing newer comes, so that a range up to now needs no end.
      const end = to >= Date.now() ? Number.POSITIVE_INFINITY : to;
      this.listing = { head, from, to: end, commits: await this.read(head, { from, to: end }) };
    }
    return this.listing.commits.filter(({ time }) => time >= from && time <= to);
  }

  /** `null` where HEAD has no commit yet. */
  private async head(): Promise<string | null> {
    const result = await runGit(this.folder, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    const hash = result.stdout.trim();
    if (result.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(hash)) return hash;
    if (result.stderr !== "") throw historyError(result);
    return null;
  }

  private async read(head: string, { from, to }: HistoryRange): Promise<Commit[]> {
    // Without the zone, git takes a small number for something else than a time.
    const bounds = [`--since=@${secondsOf(from)} +0000`];
    if (Number.isFinite(to)) bounds.push(`--until=@${secondsOf(to)} +0000`);
    const form = ["-z", "--no-patch", "--no-color", "--encoding=UTF-8", `--format=${FORMAT}`];
    const args = ["log", ...form, ...bounds, `--max-count=${MAX_COMMITS}`, "--end-of-options", head, "--"];
    return commitsOf(await runGit(this.folder, args, undefined, MAX_OUTPUT_BYTES));
  }
}

/** Whether a listing holds a range's newest commits. A full one has left out older ones, which may be the newest of another range. */
function covers({ head, from, to, commits }: Listing, wanted: string, range: HistoryRange): boolean {
  const whole = commits.length < MAX_COMMITS || range.to >= (commits[0]?.time ?? 0);
  return head === wanted && from <= range.from && to >= range.to && whole;
}

function commitsOf(result: GitResult): Commit[] {
  if (result.exitCode !== 0) throw historyError(result);
  const fields = result.stdout.split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [seconds = "", hash = "", subject = ""] = fields.slice(at, at + 3);
    commits.push({ time: Number(seconds) * 1_000, hash, subject: subject.trimEnd() });
  }
  return commits.sort((a, b) => b.time - a.time);
}

function secondsOf(at: number): number {
  return Math.max(0, Math.floor(at / 1_000));
}
