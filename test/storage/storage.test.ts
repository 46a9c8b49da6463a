import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { HistoryFolder, observed } from "../support/historyFolder.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("history's storage", () => {
  let folder: TemporaryFolder;
  let place: HistoryFolder;

  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(async () => {
    await place.dispose();
    folder.dispose();
  });

  /** Records until nothing fits, makes room, and finds everything that was recorded. */
  async function outlasts(full: () => void, room: () => void): Promise<void> {
    const history = place.history();
    await history.record(observed(BEGIN, { a: 0 }));
    full();
    let settled = 0;
    const recorded: Promise<void>[] = [];
    await waitFor(
      () => {
        const n = recorded.length + 1;
        recorded.push(history.record(observed(BEGIN + n * 1_000, { a: n, text: `${n} `.repeat(2_000) })));
        void recorded.at(-1)?.then(() => settled++);
        return place.troubles.length > 0;
      },
      { interval: 5 },
    );
    assert.match(place.troubles[0] ?? "", /cannot be kept: its disk .*full|cannot be kept: .*cannot be/);
    assert.ok(settled < recorded.length);
    assert.equal((await history.stats()).state, "waiting");
    room();
    await Promise.all(recorded);
    const { points } = await history.query({
      metric: "a",
      from: BEGIN,
      to: BEGIN + 3_600_000,
      points: 5_000,
    });
    assert.deepEqual(
      points.map(([, value]) => value).filter((value) => value !== null),
      recorded.map((_, index) => index).concat(recorded.length),
    );
    assert.equal((await history.stats()).trouble, null);
  }

  it("outlasts a limit that no file may grow past", async () => {
    place = new HistoryFolder(folder.resolve("history.sqlite"));
    const limit = (bytes: string) =>
      execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);
    try {
      await outlasts(
        () => limit(String(Math.max(256 * 1024, statSync(place.file).size))),
        () => limit("unlimited"),
      );
    } finally {
      limit("unlimited");
    }
  });

  it("outlasts a full disk, where one can be mounted", async () => {
    const mounted = mount(folder.path);
    try {
      place = new HistoryFolder(folder.resolve("history.sqlite"));
      const ballast = folder.resolve("ballast");
      if (mounted) writeFileSync(ballast, Buffer.alloc(1_500_000));
      const unlimited = () => execFileSync("prlimit", ["--pid", String(process.pid), "--fsize=unlimited:"]);
      await outlasts(
        () => mounted || execFileSync("prlimit", ["--pid", String(process.pid), "--fsize=262144:"]),
        () => (mounted ? rmSync(ballast) : unlimited()),
      );
    } finally {
      await place.dispose();
      if (mounted) execFileSync("umount", [folder.path]);
    }
  });

  it("outlasts a folder that cannot be made", async () => {
    folder.write({ place: "a file where the folder is due" });
    place = new HistoryFolder(folder.resolve("place/history.sqlite"));
    const history = place.history();
    const recorded = history.record(observed(BEGIN, { a: 1 }));
    await waitFor(() => place.troubles.length > 0);
    await assert.rejects(history.query({ metric: "a", from: 0, to: 1 }), /cannot be kept/);
    assert.equal(readFileSync(folder.resolve("place"), "utf8"), "a file where the folder is due");
    folder.remove("place");
    await recorded;
    assert.equal((await history.stats()).rows, 1);
    assert.equal(place.troubles.length, 1);
  });

  it("lets go of what waits when it ends", async () => {
    folder.write({ place: "" });
    place = new HistoryFolder(folder.resolve("place/history.sqlite"));
    const history = place.history();
    const recorded = assert.rejects(history.record(observed(BEGIN, { a: 1 })), /ended/);
    await waitFor(() => place.troubles.length > 0);
    await history.dispose();
    await recorded;
  });
});

/** Whether a small disk could be mounted there, which takes rights that not every machine gives. */
function mount(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
