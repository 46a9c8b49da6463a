import assert from "node:assert/strict";
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { FollowedFolder } from "../../support/followedFolder.js";
import { followedLog, followRotations } from "../../support/rotatedLog.js";

const LOG = "logs/app.log";

// In larger numbers by `npm run soak`.
describe("a log that another program rotates", () => {
  for (const way of ["rename", "create"] as const) {
    it(`by ${way} has every line counted exactly once`, async function () {
      this.timeout(30_000);
      const { written, counted, sumError } = await followRotations(way, 5, 300);
      assert.deepEqual([counted, sumError], [written, 0]);
    });
  }

  it("by copy and truncation has none counted twice", async function () {
    this.timeout(30_000);
    const { written, most, sumError } = await followRotations("copy", 5, 300);
    // What comes and goes between two looks at the one file may be lost; nothing may be added.
    assert.ok(most <= written, `${most} of ${written}`);
    assert.ok(sumError <= 0);
  });

  it("is told apart by the file where every line is the same", async function () {
    this.timeout(30_000);
    const { written, counted } = await followRotations("even", 5, 100);
    assert.equal(counted, written);
  });
});

describe("a log that is rotated", () => {
  let folder: FollowedFolder;

  beforeEach(async () => {
    folder = await followedLog();
  });
  afterEach(() => folder.dispose());

  const append = (text: string) => appendFileSync(folder.resolve(LOG), text);

  it("several times between two looks has every file counted", async () => {
    append("error: 1\n");
    await folder.shows("lines", 1);
    for (let n = 2; n <= 4; n++) {
      append(`error: ${n}\n`);
      if (n > 2) renameSync(folder.resolve(`${LOG}.1`), folder.resolve(`${LOG}.${n}`));
      renameSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
      // Real files are rotated further apart than their stamps tell.
      const stamp = Date.now() / 1000 - 60 + n;
      utimesSync(folder.resolve(`${LOG}.1`), stamp, stamp);
      folder.write({ [LOG]: "" });
    }
    append("error: 5\n");
    folder.write({ "logs/app.log.json": "error: 99\n", "logs/application.log": "error: 99\n" });
    await folder.shows("lines", 5);
    assert.equal(folder.metric("sum")?.value, 15);
  });

  /** As gzip does: with the log's own stamp. */
  const pack = (file: string) => {
    const path = folder.resolve(file);
    const { atime, mtime } = statSync(path);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    utimesSync(`${path}.gz`, atime, mtime);
    rmSync(path);
  };

  it("and packed at once has its last lines counted", async () => {
    append("error: 1\n");
    await folder.shows("lines", 1);
    append("error: 2\n");
    renameSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
    pack(`${LOG}.1`);
    folder.write({ [LOG]: "" });
    await folder.shows("lines", 2);
    append("error: 3\n");
    await folder.shows("lines", 3);
    assert.equal(folder.metric("sum")?.value, 6);
  });

  it("several times between two looks has every file counted, packed or not", async () => {
    append("error: 1\n");
    await folder.shows("lines", 1);
    const stamp = Date.now() / 1000 - 60;
    for (const [age, file] of [`${LOG}.3`, `${LOG}.2`, `${LOG}.1`].entries()) {
      append(`error: ${age + 2}\n`);
      renameSync(folder.resolve(LOG), folder.resolve(file));
      utimesSync(folder.resolve(file), stamp + age, stamp + age);
      if (age < 2) pack(file);
    }
    // Left alone, being packed, or of something else.
    folder.write({ [`${LOG}.1.gz`]: "error: 99\n", [`${LOG}.old.gz`]: "error: 99\n", [LOG]: "error: 5\n" });
    await folder.shows("lines", 5);
    assert.equal(folder.metric("sum")?.value, 15);
  });

  it("beside many older ones is found among them", async () => {
    const older = Array.from({ length: 120 }, (_, day) => `${LOG}-2025${String(day).padStart(4, "0")}`);
    folder.write(Object.fromEntries(older.map((file) => [file, ""])));
    const stamp = Date.now() / 1000 - 24 * 60 * 60;
    for (const file of older) utimesSync(folder.resolve(file), stamp, stamp);
    append("error: 1\n");
    await folder.shows("lines", 1);
    renameSync(folder.resolve(LOG), folder.resolve(`${LOG}-20260101`));
    folder.write({ [LOG]: "error: 2\n" });
    await folder.shows("lines", 2);
    assert.equal(folder.metric("sum")?.value, 3);
  });

  it("by a copy that misses the last lines has none counted twice", async () => {
    const long = "x".repeat(2_000);
    append(`error: 1 ${long}\n`);
    await folder.shows("lines", 1);
    copyFileSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
    append("error: 2\n");
    await folder.shows("lines", 2);
    truncateSync(folder.resolve(LOG));
    append("error: 3\n");
    await folder.shows("lines", 3);
    assert.equal(folder.metric("sum")?.value, 6);
  });

  it("is not one that an editor wrote anew, beside the backup that it keeps", async () => {
    append("error: 1\nerror: 2\n");
    await folder.shows("lines", 2);
    renameSync(folder.resolve(LOG), folder.resolve(`${LOG}~`));
    folder.write({ [LOG]: "error: 1\nerror: 3\nerror: 5\n" });
    await folder.shows("last", 5);
    assert.deepEqual([folder.metric("lines")?.value, folder.metric("sum")?.value], [3, 9]);
  });

  const TWENTY = Array.from({ length: 20 }, (_, index) => `error: ${index + 1}\n`);

  for (const backup of ["app.log.bak", "app.log.1", "app copy.log"]) {
    for (const way of ["renamed", "copied"] as const) {
      it(`is not one that was cleaned by hand beside ${backup}, ${way} before`, async () => {
        append(TWENTY.join(""));
        await folder.shows("lines", 20);
        const [log, kept] = [folder.resolve(LOG), folder.resolve(`logs/${backup}`)];
        if (way === "renamed") renameSync(log, kept);
        else copyFileSync(log, kept);
        folder.write({ [LOG]: TWENTY.filter((line) => line !== "error: 5\n").join("") });
        await folder.shows("lines", 19);
        append("error: 21\n");
        await folder.shows("last", 21);
        assert.deepEqual([folder.metric("lines")?.value, folder.metric("sum")?.value], [20, 226]);
      });
    }
  }

  it("has every file counted where all begin with the same heading, or repeat a line without a number", async () => {
    append("# error log, version 1\nerror: 1\nerror: none\nerror: twice\n");
    await folder.shows("lines", 4);
    renameSync(folder.resolve(LOG), folder.resolve(`${LOG}.1`));
    folder.write({ [LOG]: "# error log, version 1\n" });
    await folder.shows("lines", 5);
    append("error: none\nerror: twice\nerror: 2\n");
    await folder.shows("lines", 8);
    assert.equal(folder.metric("sum")?.value, 3);
  });

  it("by truncation, and regrown past where it was read to, is read from its beginning", async () => {
    append("error: 1\nerror: 2\n");
    await folder.shows("lines", 2);
    truncateSync(folder.resolve(LOG));
    append("error: 7\n".repeat(100));
    await folder.shows("lines", 100);
    assert.equal(folder.metric("sum")?.value, 700);
  });
});

describe("a log that is a link", () => {
  let folder: FollowedFolder;

  beforeEach(() => {
    folder = new FollowedFolder();
  });
  afterEach(() => folder.dispose());

  const lead = (target: string) => {
    symlinkSync(target, folder.resolve("logs/next"));
    renameSync(folder.resolve("logs/next"), folder.resolve("logs/current.log"));
  };
  const follow = () => {
    folder.declare({ sum: { file: "logs/current.log", match: "error: (\\d+)", aggregate: "sum" } });
    folder.follow();
  };

  it("goes on from the one of a series that it was to the one that it is, over those between", async () => {
    const write = (number: number, text: string) => {
      folder.write({ [`logs/app-${number}.log`]: text });
      // Real files are rotated further apart than their stamps tell.
      const stamp = Date.now() / 1000 - 60 + number;
      utimesSync(folder.resolve(`logs/app-${number}.log`), stamp, stamp);
    };
    write(0, "error: 99\n");
    write(1, "error: 1\n");
    lead("app-1.log");
    follow();
    await folder.shows("sum", 1);
    write(1, "error: 1\nerror: 2\n");
    write(2, "error: 3\n");
    write(3, "error: 4\n");
    folder.write({ "logs/other-2.log": "error: 99\n" });
    lead("app-3.log");
    await folder.shows("sum", 10);
  });

  it("goes on from what was rotated away where it leads", async () => {
    folder.write({ "logs/app.log": "error: 1\n" });
    lead("app.log");
    follow();
    await folder.shows("sum", 1);
    appendFileSync(folder.resolve("logs/app.log"), "error: 2\n");
    renameSync(folder.resolve("logs/app.log"), folder.resolve("logs/app.log.1"));
    folder.write({ "logs/app.log": "error: 3\n" });
    await folder.stream.refresh();
    await folder.shows("sum", 6);
  });
});

describe("a log with a line longer than is read at once", () => {
  it("leaves it out and says so, rather than take a piece of it for a line", async () => {
    const folder = new FollowedFolder();
    try {
      const long = `${"x".repeat(3_000_000)}error: 99\n`;
      folder.write({ [LOG]: `error: 1\n${long}error: 2\n` });
      folder.declare({ sum: { file: LOG, match: "error: (\\d+)", aggregate: "sum" } });
      folder.follow();
      await folder.shows("sum", 3);
      assert.match(folder.metric("sum")?.error ?? "", /line 2 is left out: .*1 MB/);
    } finally {
      folder.dispose();
    }
  });
});
