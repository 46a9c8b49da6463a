import { writeFileSync } from "node:fs";
import { FollowedHistory } from "../../src/core/history/followedHistory.js";
import { FusionStream } from "../../src/core/stream.js";
import { type CompanyFolder, companyYear, DAY_MS } from "./companyFolder.js";
import { folderSource } from "./folderStream.js";
import { HISTORY_WORKER } from "./historyFolder.js";
import { ManualClock } from "./manualClock.js";
import { TemporaryFolder } from "./temporaryFolder.js";

/** Ten minutes between two emissions. */
const STEP_MS = 10 * 60_000;
/** A night in which the machine was off, in days before the present. */
const NIGHT = { begin: 5.7, end: 5.3 };

/**
 * Lets a week pass in a company's folder, emitted by the real stream and kept by the real history, with a value a day of the
 * year before it, and writes all of it to a file that can be imported. Needs a Node.js with SQLite.
 * @param present epoch milliseconds at which the week ends
 * @param file absolute path of the CSV file
 * @returns how many snapshots were emitted
 */
export async function recordWeek(company: CompanyFolder, present: number, file: string): Promise<number> {
  const begin = present - 7 * DAY_MS;
  const clock = new ManualClock(begin);
  const kept = new TemporaryFolder();
  const log = (line: string) => {
    if (/^(⚠️|❌)/u.test(line)) console.log(line);
  };
  const stream = new FusionStream({ clock, log, intervalMinutes: 10 });
  const retentionDays = () => 400;
  const history = new FollowedHistory({ stream, clock, workerScript: HISTORY_WORKER, retentionDays, log });
  let emitted = 0;
  stream.onSnapshot(() => emitted++);
  try {
    history.follow({ file: kept.resolve("history.sqlite"), repository: null });
    await history.import(once(companyYear(present, begin)), "csv");
    company.live(begin);
    // Git knows but one time: what it counts is no part of an accelerated week.
    stream.follow(folderSource(company.path, clock, undefined, { trusted: false }));
    while (clock.now() < present) {
      await stream.refresh();
      const night = (present - clock.now()) / DAY_MS;
      if (night <= NIGHT.begin && night > NIGHT.end) clock.jump((night - NIGHT.end) * DAY_MS);
      const step = Math.min(STEP_MS, present - clock.now());
      company.live(clock.now() + step);
      clock.advance(step);
    }
    await stream.refresh();
    const pieces: Uint8Array[] = [];
    for await (const piece of history.export({ from: 0, to: clock.now() }, "csv", null)) pieces.push(piece);
    writeFileSync(file, Buffer.concat(pieces));
    return emitted;
  } finally {
    stream.dispose();
    await history.dispose();
    kept.dispose();
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(text);
}
