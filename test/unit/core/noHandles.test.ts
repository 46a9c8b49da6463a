import assert from "node:assert/strict";
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { GitRepository } from "../../support/gitRepository.js";
import { waitFor } from "../../support/waitFor.js";

const PROGRAM = resolve("out/test/support/starvedStream.js");
const HANDLES = 120;
const LIMITED = ["-c", `ulimit -n ${HANDLES}; exec "$0" "$@"`, process.execPath];

describe("a process that has no file handle left", () => {
  let repository: GitRepository;
  let program: ChildProcessByStdio<Writable, Readable, null>;
  let metrics: Record<string, Metric> = {};
  let answered = "";

  beforeEach(() => {
    repository = new GitRepository();
    repository.commit();
    // The way to a worktree's data stands in a file, which must be opened.
    repository.git("worktree", "add", "--quiet", "tree");
    metrics = {};
  });
  afterEach(async () => {
    if (program.exitCode === null) {
      program.kill("SIGKILL");
      await once(program, "exit");
    }
    repository.dispose();
  });

  const start = () => {
    program = spawn("sh", [...LIMITED, PROGRAM, repository.resolve("tree")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    createInterface(program.stdout).on("line", (line) => {
      const said = JSON.parse(line);
      if (typeof said === "string") answered = said;
      else metrics = said;
    });
  };
  const tell = async (word: string) => {
    program.stdin.write(`${word}\n`);
    await waitFor(() => answered === word, { message: `the answer to ${word}` });
  };
  const write = (n: number) =>
    repository.write({
      "tree/revenue_snapshot.json": `{"mrr": ${n}}`,
      "tree/n.json": `{"n": ${n}}`,
      "tree/n.log": `n=${n}\n`,
      [`tree/memos/${n}.md`]: "",
    });
  const declared = {
    json: { file: "n.json", query: "n" },
    log: { file: "n.log", match: "n=(\\d+)" },
    memoFiles: { files: "memos/*.md", aggregate: "count" },
  };
  const IDS = ["revenue", "json", "log", "memoFiles", "commits"];
  const valuesOf = () => IDS.map((id) => metrics[id]?.value);
  const shows = (values: readonly number[]) =>
    waitFor(() => valuesOf().join() === values.join() && IDS.every((id) => metrics[id]?.available), {
      message: `${values}; it is ${JSON.stringify(metrics)}`,
    }).catch((error) => {
      throw new Error(`${error.message}; it is ${JSON.stringify(metrics)}`);
    });
  const isTold = async (values: readonly (number | null)[]) => {
    await waitFor(() => IDS.every((id) => metrics[id] && !metrics[id]?.available), {
      message: "every metric to be marked",
    }).catch((error) => {
      throw new Error(`${error.message}; it is ${JSON.stringify(metrics)}`);
    });
    assert.deepEqual(valuesOf(), values);
    for (const id of IDS)
      assert.match(metrics[id]?.error ?? "", /too many files are open|EMFILE|reader ended/);
  };

  it("keeps its last good values, marked, and recovers by itself when there are some again", async () => {
    repository.write({ "tree/fusion.json": JSON.stringify({ metrics: declared }) });
    write(1);
    start();
    await shows([1, 1, 1, 1, 1]);
    await tell("starve");
    write(2);
    await isTold([1, 1, 1, 1, 1]);
    repository.commit(Date.now(), repository.resolve("tree"));
    await tell("free");
    await shows([2, 2, 2, 2, 2]);
    assert.equal(program.exitCode, null);
  });
});

describe("git without a file handle left", () => {
  it("gives the reason, and lets the process live", () => {
    const said = execFileSync("sh", [...LIMITED, resolve("out/test/support/starvedGit.js"), "."], {
      encoding: "utf8",
    });
    assert.equal(said, "git could not be started (EMFILE). It is tried again.\n");
  });
});
