import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { systemClock } from "../../../src/core/clock.js";
import { diskFolder } from "../../../src/core/sources/folder.js";
import type { FolderReader } from "../../../src/core/sources/folderReader.js";
import { FusionStream } from "../../../src/core/stream.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { folderSource } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAULTY = "memo_index.json";

/** Keeps whoever meets it waiting while it lasts. */
class HangingFault {
  private over: Promise<void> = Promise.resolve();
  private answer = () => {};

  met(): Promise<void> {
    return this.over;
  }

  begin(): void {
    this.over = new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  end(): void {
    this.answer();
  }
}

describe("a fault under the stream", function () {
  this.timeout(60_000);
  let place: TemporaryFolder;
  let stream: FusionStream;
  /** Files that were at rest, so that a glance at them was enough. */
  let glanced: Set<string>;
  beforeEach(() => {
    place = new TemporaryFolder();
    glanced = new Set();
    stream = new FusionStream({ clock: systemClock, log: () => undefined });
  });
  afterEach(() => {
    stream.dispose();
    place.dispose();
  });

  const write = (n: number, folder = "project") => {
    place.write({
      [`${folder}/revenue_snapshot.json`]: `{"mrr": ${n}}`,
      [`${folder}/memo_index.json`]: `{"total": ${n}}`,
    });
  };
  const metric = (id: string) => stream.latest?.metrics[id];
  const shows = (values: Readonly<Record<string, number | null>>, available: boolean) =>
    waitFor(
      () =>
        Object.entries(values).every(([id, value]) => {
          const shown = metric(id);
          return shown?.value === value && shown.available === available;
        }),
      { timeout: 30_000, message: `${JSON.stringify(values)}, available: ${available}` },
    );

  /** The folder on disk, with files on which every look ends as `fault` says. */
  const follow = (fault: () => Promise<void>, files: readonly string[] = [FAULTY]) => {
    const folder = diskFolder(place.resolve("project"));
    const { reader } = folder;
    const faulty: FolderReader = {
      look: (file) => faultFirst(file, () => reader.look(file)),
      read: (file, options, use) => faultFirst(file, () => reader.read(file, options, use)),
      readUnless: (signature, file, options, use) =>
        faultFirst(file, () => reader.readUnless(signature, file, options, use)),
      isStill(signature, file, tell) {
        glanced.add(file);
        faultFirst(file, async () => reader.isStill(signature, file, tell)).catch(() => tell(false));
      },
      list: (path) => reader.list(path),
      siblings: (file) => reader.siblings(file),
    };
    const faultFirst = async <T>(file: string, act: () => Promise<T>): Promise<T> => {
      if (files.includes(file)) await fault();
      return await act();
    };
    stream.follow(
      folderSource(place.resolve("project"), systemClock, undefined, {
        folder: { ...folder, reader: faulty },
      }),
    );
  };

  it("that throws where nobody foresaw it marks its metric alone, and is over with its cause", async () => {
    let broken = false;
    write(1);
    follow(async () => {
      if (broken) throw new TypeError("nobody foresaw this\n at a path of this machine");
    });
    await shows({ memos: 1, revenue: 1 }, true);
    broken = true;
    write(2);
    await shows({ revenue: 2 }, true);
    await shows({ memos: 1 }, false);
    assert.equal(metric("memos")?.stale, true);
    assert.match(metric("memos")?.error ?? "", /nobody foresaw this/);
    assert.doesNotMatch(metric("memos")?.error ?? "", /path of this machine/);
    broken = false;
    await shows({ memos: 2, revenue: 2 }, true);
  });

  it("that hangs marks its metric alone, keeps nobody waiting, and is over when it answers", async () => {
    const fault = new HangingFault();
    write(1);
    follow(() => fault.met());
    await shows({ memos: 1, revenue: 1 }, true);
    fault.begin();
    for (let n = 2; n <= 5; n += 1) {
      write(n);
      await shows({ revenue: n }, true);
    }
    assert.equal((await stream.refresh()).revenue, 5);
    await shows({ memos: 1 }, false);
    assert.equal(metric("memos")?.stale, true);
    assert.match(metric("memos")?.error ?? "", /does not answer/);
    fault.end();
    await shows({ memos: 5, revenue: 5 }, true);
  });

  it("that hangs leaves no mark on what nobody wrote meanwhile, nor on what was missing", async () => {
    const [memos, missing] = ["data/memo_index.json", "data/ERIC_recommendations.json"];
    const missingIs = (error: RegExp) => error.test(metric("recommendations")?.error ?? "");
    let beats = 0;
    const beatUntil = (condition: () => boolean | undefined) =>
      waitFor(async () => {
        place.write({ "project/revenue_snapshot.json": `{"mrr": ${++beats}}` });
        await shows({ revenue: beats }, true);
        return condition();
      });
    const fault = new HangingFault();
    place.write({ [`project/${memos}`]: '{"total": 1}' });
    follow(() => fault.met(), [memos, missing]);
    await beatUntil(() => metric("memos")?.available && glanced.has(memos));
    fault.begin();
    await beatUntil(() => metric("memos")?.stale && missingIs(/does not answer/));
    fault.end();
    await shows({ memos: 1 }, true);
    await waitFor(() => missingIs(/was not found/), { message: "the missing file to be missing" });
  });

  it("that hangs fusion.json leaves what it declared, and stops nothing", async () => {
    const fault = new HangingFault();
    const declare = (label: string) =>
      place.write({
        "project/fusion.json": JSON.stringify({
          metrics: { own: { file: "memo_index.json", query: "total", label } },
        }),
      });
    write(1);
    declare("Before");
    follow(() => fault.met(), ["fusion.json"]);
    await shows({ own: 1, revenue: 1 }, true);
    fault.begin();
    for (let n = 2; n <= 4; n += 1) {
      write(n);
      await shows({ own: n, revenue: n }, true);
    }
    assert.equal((await stream.refresh()).revenue, 4);
    declare("After");
    assert.equal((await stream.refresh()).metrics.own?.label, "Before");
    fault.end();
    await waitFor(() => metric("own")?.label === "After", { message: "what it declares now" });
  });

  it("that hangs fusion.json from the beginning leaves the built-in metrics, until it answers", async () => {
    const fault = new HangingFault();
    fault.begin();
    write(1);
    place.write({ "project/fusion.json": '{"cards": ["revenue"]}' });
    follow(() => fault.met(), ["fusion.json"]);
    await shows({ memos: 1, revenue: 1 }, true);
    fault.end();
    await waitFor(() => stream.latest?.cards.join() === "revenue", { message: "the cards it declares" });
  });

  it("that takes the folder away shows nothing as a value, and ends when the folder is back", async () => {
    write(1);
    stream.follow(folderSource(place.resolve("project")));
    await shows({ memos: 1, revenue: 1 }, true);
    // On a busy machine there can be none before, as the file is still being read.
    const revenues: (number | null)[] = [1];
    stream.onSnapshot(({ revenue }) => revenues.push(revenue));
    for (let round = 2; round <= 4; round += 1) {
      renameSync(place.resolve("project"), place.resolve("gone"));
      await shows({ memos: null, revenue: null }, false);
      place.remove("gone");
      write(round, "next");
      renameSync(place.resolve("next"), place.resolve("project"));
      await shows({ memos: round, revenue: round }, true);
    }
    assert.deepEqual(
      revenues.filter((revenue, at) => revenue !== revenues[at - 1]),
      [1, null, 2, null, 3, null, 4],
    );
  });
});

describe("a night in which the clocks change", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  for (const evening of ["2025-10-25T22:00:00Z", "2026-03-28T22:00:00Z"]) {
    it(`has an emission at every interval, none doubled and none left out (${evening})`, async () => {
      process.env.TZ = "Europe/Berlin";
      const place = new TemporaryFolder();
      place.write({ "revenue_snapshot.json": '{"mrr": 1}' });
      const clock = new ManualClock(Date.parse(evening));
      const stream = new FusionStream({ clock, log: () => undefined });
      const emitted: Snapshot[] = [];
      stream.onSnapshot((snapshot) => emitted.push(snapshot));
      try {
        stream.follow(folderSource(place.path, clock));
        await waitFor(() => emitted.length === 1);
        const offset = new Date(clock.now()).getTimezoneOffset();
        for (let passed = 10 * MINUTE; passed <= 6 * HOUR; passed += 10 * MINUTE) {
          clock.advance(5 * MINUTE);
          await waitFor(() => emitted.length === passed / (5 * MINUTE), { interval: 1 });
          clock.advance(5 * MINUTE);
          await waitFor(() => emitted.length === passed / (5 * MINUTE) + 1, { interval: 1 });
        }
        assert.notEqual(new Date(clock.now()).getTimezoneOffset(), offset, "the clocks must have changed");
        const times = emitted.map(({ timestamp }) => Date.parse(timestamp));
        const steps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
        assert.deepEqual([...new Set(steps)], [5 * MINUTE]);
      } finally {
        stream.dispose();
        place.dispose();
      }
    });
  }
});
