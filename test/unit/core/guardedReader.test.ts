import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

describe("guarded reader", () => {
  let folder: TemporaryFolder;
  let reader: GuardedReader;

  beforeEach(() => {
    folder = new TemporaryFolder();
    reader = new GuardedReader(folder.path);
  });
  afterEach(() => folder.dispose());

  const readAll = async (file: string, appendOnly = false) => {
    const read = await reader.read(file, { appendOnly }, async (opened) =>
      String(await opened.read(0, opened.size)),
    );
    return read?.result ?? null;
  };

  it("reads a regular file, also through a link inside of the folder", async () => {
    folder.write({ "data/a.json": "one" });
    symlinkSync("a.json", folder.resolve("data/link.json"));
    assert.equal(await readAll("data/a.json"), "one");
    assert.equal(await readAll("data/link.json"), "one");
  });

  it("knows what is not there", async () => {
    folder.write({ file: "" });
    assert.equal(await readAll("missing"), null);
    assert.equal(await readAll("file/below"), null);
    assert.equal(await reader.look("missing"), null);
  });

  it("refuses what leads out of the folder", async () => {
    const outside = new TemporaryFolder();
    outside.write({ secret: "secret" });
    symlinkSync(outside.resolve("secret"), folder.resolve("link"));
    symlinkSync(outside.path, folder.resolve("linked"));
    for (const file of ["link", "linked/secret", `../${outside.path.split("/").pop()}/secret`]) {
      await assert.rejects(readAll(file), SourceError, file);
    }
    outside.write({ "deep/secret": "" });
    for (const listed of ["linked", "linked/deep"]) await assert.rejects(reader.list(listed), SourceError);
    outside.dispose();
  });

  it("finds a file again that it has read where its path leads now, and not outside of the folder", async () => {
    folder.write({ "logs/app.log": "one\n" });
    assert.equal(await readAll("logs/app.log", true), "one\n");
    renameSync(folder.resolve("logs/app.log"), folder.resolve("logs/old.log"));
    symlinkSync("old.log", folder.resolve("logs/app.log"));
    appendFileSync(folder.resolve("logs/old.log"), "two\n");
    assert.equal(await readAll("logs/app.log", true), "one\ntwo\n");
    const outside = new TemporaryFolder();
    try {
      renameSync(folder.resolve("logs"), outside.resolve("logs"));
      symlinkSync(outside.resolve("logs"), folder.resolve("logs"));
      await assert.rejects(readAll("logs/old.log", true), SourceError);
      await assert.rejects(readAll("logs/app.log", true), SourceError);
    } finally {
      outside.dispose();
    }
  });

  it("refuses directories, pipes, devices and links in a circle, without waiting for them", async () => {
    mkdirSync(folder.resolve("directory"));
    execFileSync("mkfifo", [folder.resolve("pipe")]);
    symlinkSync("loop", folder.resolve("loop"));
    for (const file of ["directory", "pipe", "loop"]) await assert.rejects(readAll(file), SourceError, file);
    await assert.rejects(new GuardedReader("/dev").look("zero"), SourceError);
  });

  it("reads only as much of a sparse terabyte as it is asked for", async () => {
    const handle = openSync(folder.resolve("sparse"), "w");
    ftruncateSync(handle, 2 ** 40);
    closeSync(handle);
    const read = await reader.read("sparse", { appendOnly: false }, async ({ size, read }) => [
      size,
      await read(5, 3),
    ]);
    assert.deepEqual(read?.result, [2 ** 40, Buffer.alloc(3)]);
  });

  it("reads again when the file is written meanwhile", async () => {
    folder.write({ "a.json": "old" });
    let attempts = 0;
    const read = await reader.read("a.json", { appendOnly: false }, async (file) => {
      const text = String(await file.read(0, 100));
      if (++attempts === 1) writeFileSync(folder.resolve("a.json"), "new one");
      return text;
    });
    assert.equal(read?.result, "new one");
    assert.equal(attempts, 2);
  });

  it("takes what a growing log held at first, but not a log cut short", async () => {
    folder.write({ log: "line\n" });
    let attempts = 0;
    const use = (meddle: () => void) =>
      reader.read("log", { appendOnly: true }, async (file) => {
        const text = String(await file.read(0, file.size));
        if (++attempts === 1) meddle();
        return text;
      });
    assert.equal((await use(() => appendFileSync(folder.resolve("log"), "more\n")))?.result, "line\n");
    attempts = 0;
    assert.equal((await use(() => writeFileSync(folder.resolve("log"), "x\n")))?.result, "x\n");
  });
});
