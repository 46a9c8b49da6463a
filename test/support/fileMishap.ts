import type { Metric } from "../../src/protocol/snapshot.js";
import { FollowedFolder } from "./followedFolder.js";
import { waitFor } from "./waitFor.js";

/** A file that goes from good to something else and back, and what the user's metric of it must show meanwhile. */
export interface FileMishap {
  readonly title: string;
  /** Extension with the dot; it chooses the parser. */
  readonly extension: string;
  /** What of the file is the metric: `query`, `column`, `match`, `aggregate`. */
  readonly selection: object;
  /** A good content that gives the number. */
  readonly good: (value: number) => string;
  readonly bad: string | Uint8Array;
  /** The value that the bad content rightly gives, or why it gives none. */
  readonly gives: number | RegExp;
}

export interface MishapCourse {
  readonly file: string;
  /** With the good content, with the other one, and with a good one again. */
  readonly before: Metric | undefined;
  readonly during: Metric | undefined;
  readonly after: Metric | undefined;
}

const BEAT = { file: "beat.json", query: "n" };

/** Lets all mishaps happen at once in one followed folder, beside a source that goes on. */
export async function runMishaps(mishaps: readonly FileMishap[]): Promise<readonly MishapCourse[]> {
  const folder = new FollowedFolder();
  const ids = mishaps.map((_, index) => `m${index}`);
  const fileOf = (index: number) => `case${index}${mishaps[index]?.extension}`;
  const write = (contentOf: (mishap: FileMishap) => string | Uint8Array, beat: number) => {
    for (const [index, mishap] of mishaps.entries()) folder.write({ [fileOf(index)]: contentOf(mishap) });
    folder.write({ "beat.json": `{"n": ${beat}}` });
  };
  const settled = async (isThere: (metric: Metric, mishap: FileMishap) => boolean, beat: number) => {
    const metricOf = (index: number) => folder.metric(`m${index}`);
    await folder.shows("beat", beat);
    // What does not come to be is left to the test of that mishap to tell.
    await waitFor(
      () =>
        mishaps.every((mishap, index) => {
          const metric = metricOf(index);
          return metric !== undefined && isThere(metric, mishap);
        }),
      { timeout: 6_000 },
    ).catch(() => undefined);
    return mishaps.map((_, index) => metricOf(index));
  };
  try {
    write(({ good }) => good(1), 1);
    const metrics = mishaps.map(({ selection }, index) => [
      ids[index],
      { file: fileOf(index), format: "number", ...selection },
    ]);
    folder.declare({ ...Object.fromEntries(metrics), beat: BEAT });
    folder.follow();
    const before = await settled(({ value, available }) => available && value === 1, 1);
    write(({ bad }) => bad, 2);
    const during = await settled(
      ({ value, available, error }, { gives }) =>
        typeof gives === "number" ? available && value === gives : error !== null,
      2,
    );
    write(({ good }) => good(3), 3);
    const after = await settled(({ value, available }) => available && value === 3, 3);
    return mishaps.map((_, index) => ({
      file: fileOf(index),
      before: before[index],
      during: during[index],
      after: after[index],
    }));
  } finally {
    folder.dispose();
  }
}
