import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { systemClock } from "../../../src/core/clock.js";
import { RotatingLog, type RotatingLogOptions } from "../../../src/core/rotatingLog.js";
import { diskFolder } from "../../../src/core/sources/folder.js";
import { FusionStream } from "../../../src/core/stream.js";
import { folderSource } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "logs/deep/fusion.log";

describe("rotating log", () => {
  let folder: TemporaryFolder;
  let outside: TemporaryFolder;
  let troubles: string[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    outside = new TemporaryFolder();
    troubles = [];
  });
  afterEach(() => {
    folder.dispose();
    outside.dispose();
  });

  const logTo = (file: string, options: Partial<RotatingLogOptions> = {}) =>
    new RotatingLog({
      folder: folder.path,
      file,
      onTrouble: (reason) => troubles.push(reason),
      ...options,
    });
  const content = (file: string) => readFileSync(folder.resolve(file), "utf8");

  it("writes every line in order, in folders that it makes", async () => {
    const log = logTo(FILE);
    const lines = Array.from({ length: 500 }, (_, index) => `📤 line ${index}`);
    for (const [index, line] of lines.entries()) {
      log.write(line);
      if (index % 50 === 0) await Promise.resolve();
    }
    await log.flushed();
    assert.equal(content(FILE), lines.map((line) => `${line}\n`).join(""));
    await log.flushed();
    assert.deepEqual(troubles, []);
  });

  it("keeps a line on its line, whatever it quotes", async () => {
    const log = logTo("fusion.log");
    log.write("a\nb\u001b[2Jc\r\u2028d");
    await log.flushed();
    assert.equal(content("fusion.log"), "a b [2Jc  d\n");
  });

  it("goes on in the file that is there", async () => {
    folder.write({ "fusion.log": "before\n" });
    const log = logTo("fusion.log");
    log.write("after");
    await log.flushed();
    assert.equal(content("fusion.log"), "before\nafter\n");
  });

  it("rotates by size, and keeps three", async () => {
    const log = logTo("fusion.log", { maxBytes: 20 });
    for (let index = 0; index < 12; index++) {
      log.write(`line ${index}`);
      await log.flushed();
    }
    const kept = readdirSync(folder.path).sort();
    assert.deepEqual(kept, ["fusion.log", "fusion.log.1", "fusion.log.2", "fusion.log.3"]);
    assert.equal(content("fusion.log"), "line 10\nline 11\n");
    assert.equal(content("fusion.log.1"), "line 8\nline 9\n");
    assert.equal(content("fusion.log.3"), "line 4\nline 5\n");
  });

  it("writes nothing outside of the folder, and through no link", async () => {
    symlinkSync(outside.path, folder.resolve("away"));
    symlinkSync(outside.resolve("made.log"), folder.resolve("link.log"));
    outside.write({ "held.log": "" });
    linkSync(outside.resolve("held.log"), folder.resolve("second.log"));
    for (const file of ["away/a.log", "away/new/a.log", "../a.log", "link.log", "second.log", "."]) {
      const log = logTo(file);
      log.write("secret");
      await log.flushed();
    }
    assert.equal(troubles.length, 6);
    assert.deepEqual(readdirSync(outside.path), ["held.log"]);
    assert.equal(readFileSync(outside.resolve("held.log"), "utf8"), "");
    assert.ok(!existsSync(folder.resolve("../a.log")));
  });

  it("writes into nothing that has another purpose, and waits for no pipe", async () => {
    folder.write({ "revenue_snapshot.json": "{}", "fusion.json": "{}", ".git/HEAD": "ref" });
    execFileSync("mkfifo", [folder.resolve("pipe")]);
    mkdirSync(folder.resolve("folder"));
    for (const file of ["revenue_snapshot.json", "fusion.json", ".git/HEAD", "pipe", "folder"]) {
      const log = logTo(file);
      log.write("line");
      await log.flushed();
    }
    assert.equal(troubles.length, 5);
    assert.equal(content("revenue_snapshot.json"), "{}");
    assert.equal(content(".git/HEAD"), "ref");
  });

  it("writes into no such place by another spelling, nor into a worktree's .git file", async () => {
    folder.write({ ".git": "gitdir: /elsewhere" });
    for (const file of [
      "Fusion.JSON",
      "sub/.git",
      ".GIT/hooks/a",
      ".vscode/../.VSCode/a",
      "a/Node_Modules/b",
    ]) {
      const log = logTo(file);
      log.write("line");
      await log.flushed();
    }
    assert.deepEqual(troubles, Array(5).fill("that place is for something else"));
    assert.deepEqual(readdirSync(folder.path), [".git"]);
  });

  it("says once what is wrong, and goes on with all that waited when it is right again", async () => {
    folder.write({ logs: "a file in the folder's place" });
    const log = logTo("logs/fusion.log");
    for (const line of ["one", "two"]) {
      log.write(line);
      await log.flushed();
    }
    assert.equal(troubles.length, 1);
    folder.remove("logs");
    log.write("three");
    await log.flushed();
    assert.equal(content("logs/fusion.log"), "one\ntwo\nthree\n");
  });

  describe("of a stream whose metrics cover it", () => {
    const METRICS = {
      lines: { file: "logs/fusion.log", match: ".", aggregate: "count" },
      alias: { file: "alias.log", match: ".", aggregate: "count" },
      logs: { files: "logs/**" },
      app: { file: "logs/app.log", match: ".", aggregate: "count" },
    };
    let stream: FusionStream;

    afterEach(() => stream.dispose());

    it("sets nothing off: neither by events nor when the stream looks for itself", async () => {
      folder.write({ "fusion.json": JSON.stringify({ metrics: METRICS }), "logs/app.log": "a\n" });
      symlinkSync("logs/fusion.log", folder.resolve("alias.log"));
      const log = logTo("logs/fusion.log");
      // Timers fall due only when the test says so; what the watcher tells comes by itself.
      const clock = new ManualClock();
      const source = folderSource(folder.path, systemClock, undefined, {
        folder: diskFolder(folder.path, (file) => log.owns(file)),
      });
      let look: Promise<unknown> = Promise.resolve();
      const collect = source.collect.bind(source);
      source.collect = () => {
        const collecting = collect();
        look = collecting;
        return collecting;
      };
      let changes = 0;
      source.onChange(() => changes++);
      stream = new FusionStream({ clock, log: (line) => log.write(line) });
      stream.follow(source);
      const metric = (id: string) => stream.latest?.metrics[id];
      // What took long, or was looked at before the log's first line was there, is told by a later refresh.
      await waitFor(
        async () => {
          await stream.refresh();
          await log.flushed();
          assert.match(metric("lines")?.error ?? "", /logs\/fusion\.log.*the stream's own log/);
          assert.match(metric("alias")?.error ?? "", /alias\.log.*the stream's own log/);
          assert.deepEqual(stream.unread, []);
          return source.watching && metric("logs")?.value === 1 && metric("app")?.value === 1;
        },
        { message: "every metric to be read" },
      );

      const emissions = () => stream.status().metrics.totalEmissions;
      const before = emissions();
      for (let round = 0; round < 5; round++) {
        await stream.refresh();
        await log.flushed();
        // A look of the stream's own: it finds nothing new, and so emits nothing.
        clock.advance(15_000);
        await look;
      }
      assert.equal(emissions(), before + 5);
      // A change that is told comes after all that was told before it.
      const heard = changes;
      folder.write({ "logs/app.log": "a\nb\n" });
      let answered = heard;
      await waitFor(
        () => {
          // Of one write, a watcher may tell twice, and of something older in between.
          if (changes > answered) clock.advance(1_000);
          answered = changes;
          return metric("app")?.value === 2;
        },
        { message: "the other file's change to be seen" },
      );
      await log.flushed();
      assert.equal(emissions(), before + 6);
      assert.equal(content("logs/fusion.log").match(/emitted \[/g)?.length, emissions());
      assert.equal(metric("logs")?.value, 1);
    });
  });
});
