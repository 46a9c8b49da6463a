import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { FollowedFolder } from "../../support/followedFolder.js";
import { waitFor } from "../../support/waitFor.js";

const TERABYTE = 2 ** 40;

function sparse(path: string): void {
  closeSync(openSync(path, "w"));
  truncateSync(path, TERABYTE);
}

/** What can stand where a file should be; gives back what ends it, where that is more than to remove it. */
const PLACES: Readonly<Record<string, (path: string) => unknown>> = {
  "a directory": (path) => mkdirSync(path),
  "a pipe": (path) => execFileSync("mkfifo", [path]),
  "a link to an endless device": (path) => symlinkSync("/dev/zero", path),
  "a link that leads back to itself": (path) => symlinkSync(path, path),
  "a sparse terabyte": sparse,
};

const FILES = ["revenue_snapshot.json", "value.csv", "value.log"];
const METRICS = ["revenue", "table", "log"];

describe("what stands where a file should be", () => {
  let folder: FollowedFolder;

  beforeEach(() => {
    folder = new FollowedFolder();
    folder.declare({
      table: { file: "value.csv", column: "n" },
      log: { file: "value.log", match: "n=(\\d+)" },
      beat: { file: "beat.json", query: "n" },
    });
  });
  afterEach(() => folder.dispose());

  const writeGood = (n: number) =>
    folder.write({
      "revenue_snapshot.json": `{"mrr": ${n}}`,
      "value.csv": `n\n${n}\n`,
      "value.log": `n=${n}\n`,
      "beat.json": `{"n": ${n}}`,
    });
  const showGood = async (n: number) => {
    for (const id of [...METRICS, "beat"]) await folder.shows(id, n);
  };
  const showStale = async (value: number) => {
    for (const [index, id] of METRICS.entries()) {
      await waitFor(() => folder.metric(id)?.stale, { message: `${id} to be stale` });
      const { value: kept, error } = folder.metric(id) ?? {};
      assert.equal(kept, value);
      assert.ok(error?.startsWith(`${FILES[index]}: `), `${error}`);
    }
  };

  for (const [name, put] of Object.entries(PLACES)) {
    it(`costs nobody else anything: ${name}`, async () => {
      writeGood(1);
      folder.follow();
      await showGood(1);
      for (const file of FILES) {
        folder.remove(file);
        put(folder.resolve(file));
      }
      folder.write({ "beat.json": '{"n": 2}' });
      await folder.shows("beat", 2);
      await showStale(1);
      for (const file of FILES) rmSync(folder.resolve(file), { recursive: true });
      writeGood(3);
      await showGood(3);
    });
  }

  it("costs nobody else anything: a socket", async () => {
    writeGood(1);
    folder.follow();
    await showGood(1);
    const servers = FILES.map((file) => {
      folder.remove(file);
      return createServer().listen(folder.resolve(file));
    });
    folder.write({ "beat.json": '{"n": 2}' });
    await folder.shows("beat", 2);
    await showStale(1);
    for (const server of servers) server.close();
    await waitFor(() => servers.every(({ listening }) => !listening));
    writeGood(3);
    await showGood(3);
  });

  it("is null while it is gone, and back without help", async () => {
    writeGood(1);
    folder.follow();
    await showGood(1);
    for (let n = 2; n < 5; n++) {
      for (const file of FILES) folder.remove(file);
      for (const id of METRICS) await waitFor(() => folder.metric(id)?.value === null);
      writeGood(n);
      await showGood(n);
    }
  });

  it("may be a data folder that leads back to itself", async () => {
    symlinkSync("data", folder.resolve("data"));
    writeGood(1);
    folder.follow();
    await waitFor(() => folder.stream.latest);
    await folder.shows("beat", 1);
    folder.remove("data");
    folder.write({ "data/revenue_snapshot.json": '{"mrr": 2}' });
    await folder.shows("revenue", 2);
  });

  it("may be a fusion.json of a terabyte: the last good one stays", async () => {
    writeGood(1);
    folder.follow();
    await showGood(1);
    sparse(folder.resolve("fusion.json"));
    folder.write({ "beat.json": '{"n": 2}' });
    await folder.shows("beat", 2);
    assert.equal(folder.stream.status().metrics.failedEmissions, 0);
  });
});
