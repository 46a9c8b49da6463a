import assert from "node:assert/strict";
import { setImmediate as callsMade } from "node:timers/promises";
import { CallGate } from "../../../src/core/sources/callGate.js";
import { FolderWatcher } from "../../../src/core/sources/folderWatcher.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("call gate", () => {
  let folder: TemporaryFolder;
  let gate: CallGate;
  /** What ends the calls that have begun, by their names. */
  let ends: Map<string, () => void>;

  beforeEach(() => {
    folder = new TemporaryFolder();
    gate = new CallGate(folder.path);
    ends = new Map();
  });
  afterEach(() => {
    for (const end of ends.values()) end();
    folder.dispose();
  });

  const begin = (path: string, name = path) => gate.enter(path, (end) => ends.set(name, end));
  const begun = () => [...ends.keys()];
  const end = (name: string) => {
    ends.get(name)?.();
    ends.delete(name);
  };
  /** As where a file system does not answer. */
  const hang = () => {
    for (const file of ["slow/1", "slow/2"]) begin(file);
  };

  it("lets two calls at a time into a folder, in their order, and those into others at once", () => {
    for (const file of ["slow/1", "slow/deep/2", "slow/3", "slow", "good/1", "a.json"]) begin(file);
    assert.deepEqual(begun(), ["slow/1", "slow/deep/2", "good/1", "a.json"]);
    end("slow/deep/2");
    assert.deepEqual(begun(), ["slow/1", "good/1", "a.json", "slow/3"]);
    end("slow/1");
    end("slow/3");
    assert.deepEqual(begun(), ["good/1", "a.json", "slow"]);
  });

  it("goes on after a call that fails", async () => {
    const failed = () => Promise.reject(new Error("no such file"));
    const calls = Array.from({ length: 5 }, () => gate.run("slow/1", failed));
    for (const call of calls) await assert.rejects(call, /no such file/);
    assert.equal(await gate.run("slow/1", async () => "read"), "read");
  });

  it("keeps a reader out of a folder that does not answer, and no longer", async () => {
    folder.write({ "slow/a.json": "1", "good/a.json": "1" });
    const reader = new GuardedReader(folder.path);
    const signature = (await reader.look("slow/a.json"))?.signature ?? "";
    hang();
    const answers: string[] = [];
    const note = (name: string) => () => answers.push(name);
    const asked = [
      reader.look("slow/a.json").then(note("look")),
      reader.read("slow/a.json", { appendOnly: false }, async () => "").then(note("read")),
      reader.list("slow").then(note("list")),
      reader.siblings("slow/a.json").then(note("siblings")),
      reader.look("slow/missing/a.json").then(note("missing")),
      new Promise<void>((resolve) => reader.isStill(signature, "slow/a.json", () => resolve())).then(
        note("still"),
      ),
    ];
    assert.ok(await reader.look("good/a.json"));
    assert.deepEqual((await reader.list("good")).files, ["good/a.json"]);
    assert.deepEqual(answers, []);
    end("slow/1");
    end("slow/2");
    await Promise.all(asked);
    assert.equal(answers.length, 6);
  });

  it("keeps a watcher out of it, too", async () => {
    folder.write({ "slow/a.json": "1" });
    hang();
    const watcher = new FolderWatcher(folder.path);
    try {
      watcher.watch(["slow/a.json"]);
      await callsMade();
      assert.equal(watcher.complete, false);
      end("slow/1");
      await waitFor(() => watcher.complete);
    } finally {
      watcher.dispose();
    }
  });
});
