import assert from "node:assert/strict";
import { setImmediate as answerTaken } from "node:timers/promises";
import { Collector } from "../../../src/core/collector.js";
import { FileSource } from "../../../src/core/sources/fileSource.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { PatientSource } from "../../../src/core/sources/patientSource.js";
import type { Reading, Source, SourceDefinition, SourceResult } from "../../../src/core/sources/source.js";
import { ManualClock } from "../../support/manualClock.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "number.txt";

/** A file system that keeps whoever glances at a file waiting until it is released. */
class HeldReader extends GuardedReader {
  hold = false;
  /** Those who wait. */
  readonly waiting: (() => void)[] = [];

  override isStill(signature: string, file: string, tell: (still: boolean) => void): void {
    super.isStill(signature, file, (still) => {
      if (this.hold) this.waiting.push(() => tell(still));
      else tell(still);
    });
  }

  release(): void {
    this.hold = false;
    for (const answer of this.waiting.splice(0)) answer();
  }
}

const definition: SourceDefinition = {
  name: FILE,
  candidates: [FILE],
  appendOnly: false,
  optional: false,
  metrics: { number: { label: "Number", format: "number", unit: null, icon: null } },
  async read(file): Promise<Reading> {
    const content = String(await file.read(0, file.size));
    return { metrics: { number: { value: Number(content), line: null } }, content, recheckInMs: null };
  },
};

/** A source that answers only when it is told to. */
class SlowSource implements Source {
  readonly metrics = definition.metrics;
  readonly optional = false;
  asked = 0;
  private readonly waiting: ((result: SourceResult) => void)[] = [];

  collect(): Promise<SourceResult> {
    this.asked++;
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  answer(revision = 0): void {
    const state = { status: "unavailable", file: null, reading: null, error: "It was not found." } as const;
    for (const resolve of this.waiting.splice(0)) resolve({ state, revision, readAt: 1, recheckInMs: null });
  }
}

describe("patient source", () => {
  let folder: TemporaryFolder;
  let reader: HeldReader;
  let toldLate: number;
  let source: PatientSource;
  let collect: () => ReturnType<Collector["collect"]>;

  beforeEach(() => {
    folder = new TemporaryFolder();
    reader = new HeldReader(folder.path);
    toldLate = 0;
    source = new PatientSource(new FileSource(reader, definition), () => toldLate++);
    const plan = { sources: [source], cards: null };
    const collector = new Collector(new ManualClock(0));
    collect = () => collector.collect(plan);
  });
  afterEach(() => {
    reader.release();
    folder.dispose();
  });

  /** Collects until the file's stamps are old enough for a glance to be believed. */
  const settled = () =>
    waitFor(async () => {
      await collect();
      return new Promise<boolean>((resolve) => source.glance((result) => resolve(result !== null)));
    });
  const number = async () => (await collect()).snapshot.metrics.number;

  it("answers a glance at a file that nobody wrote, and no other", async () => {
    folder.write({ [FILE]: "1" });
    await settled();
    assert.equal((await number())?.value, 1);
    folder.write({ [FILE]: "22" });
    assert.equal((await number())?.value, 22);
    folder.remove(FILE);
    assert.equal((await number())?.value, null);
  });

  it("shows what it had while the file system does not answer, and tells when it does", async () => {
    folder.write({ [FILE]: "1" });
    await settled();
    folder.write({ [FILE]: "22" });
    reader.hold = true;
    for (const _ of ["a glance", "a collection"]) assert.equal((await number())?.value, 1);
    assert.equal(reader.waiting.length, 1, "one call at a time waits for the file system");
    assert.equal(toldLate, 0);
    reader.release();
    await waitFor(() => toldLate > 0);
    assert.equal((await number())?.value, 22);
  });

  it("tells nothing when a glance that took long was at a file that nobody wrote", async () => {
    folder.write({ [FILE]: "1" });
    await settled();
    reader.hold = true;
    assert.equal((await number())?.value, 1);
    reader.release();
    assert.equal((await number())?.value, 1);
    assert.equal(toldLate, 0);
  });

  it("does not ask again and again where every answer is slow and the same", async () => {
    const slow = new SlowSource();
    const collector = new Collector(new ManualClock(0));
    const plan = { sources: [new PatientSource(slow, () => toldLate++)], cards: null };
    await collector.collect(plan);
    slow.answer();
    await waitFor(() => toldLate === 1);
    await collector.collect(plan);
    slow.answer();
    await answerTaken();
    assert.deepEqual([slow.asked, toldLate], [2, 1]);
  });

  it("asks once more where it was asked during a slow answer, which may be older than a change", async () => {
    const slow = new SlowSource();
    const source = new PatientSource(slow, () => toldLate++);
    await source.collect();
    const meanwhile = source.collect();
    slow.answer(0);
    assert.equal((await meanwhile).revision, 0);
    await waitFor(() => slow.asked === 2);
    const told = toldLate;
    slow.answer(1);
    await waitFor(() => toldLate > told);
    const last = source.collect();
    await waitFor(() => slow.asked === 3);
    slow.answer(1);
    assert.equal((await last).revision, 1);
    assert.equal(slow.asked, 3, "nobody asked meanwhile");
  });

  it("has changed with its first result, though that is as little as there was while it was read", async () => {
    const slow = new SlowSource();
    const collector = new Collector(new ManualClock(0));
    const plan = { sources: [new PatientSource(slow, () => toldLate++)], cards: null };
    const first = await collector.collect(plan);
    assert.equal(first.snapshot.metrics.number?.error, "It is being read.");
    slow.answer();
    await waitFor(() => toldLate > 0);
    const second = collector.collect(plan);
    slow.answer();
    const { changed, snapshot } = await second;
    assert.deepEqual([changed, snapshot.metrics.number?.error], [true, "It was not found."]);
  });
});
