/** A commit of the folder's git repository, as a mark on the time line. */
export interface Commit {
  /** When it was committed, epoch milliseconds. */
  readonly time: number;
  readonly hash: string;
  /** The first line of its message. */
  readonly subject: string;
}
