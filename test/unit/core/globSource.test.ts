import assert from "node:assert/strict";
import { mock } from "node:test";
import type { FolderListing } from "../../../src/core/sources/folderReader.js";
import { GlobSource } from "../../../src/core/sources/globSource.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { turnsDuring } from "../../support/turns.js";

const SHAPE = { label: "Files", format: "number", unit: null, icon: null } as const;
const NO_ANSWER = "docs/*.md: the file system does not answer. It is tried again.";

/** A file system that keeps whoever lists a folder waiting until it is released. */
class HeldReader extends GuardedReader {
  hold = false;
  asked = 0;
  private release = () => {};
  private held = Promise.resolve();

  override async list(folder: string): Promise<FolderListing> {
    this.asked++;
    if (this.hold) this.held = new Promise((resolve) => (this.release = resolve));
    await this.held;
    return super.list(folder);
  }

  answer(): void {
    this.hold = false;
    this.release();
  }
}

describe("glob source", () => {
  let folder: TemporaryFolder;
  let reader: HeldReader;
  let source: GlobSource;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    folder = new TemporaryFolder();
    folder.write({ "docs/a.md": "", "docs/b.md": "", "docs/c.txt": "" });
    reader = new HeldReader(folder.path);
    source = new GlobSource(reader, "files", "docs/*.md", SHAPE);
  });
  afterEach(() => {
    reader.answer();
    mock.timers.reset();
    folder.dispose();
  });

  const told = async () => {
    const { state, revision, readAt } = await source.collect();
    const { status, reading, error } = state;
    return { shown: [status, reading?.metrics.files?.value ?? null, error], revision, readAt };
  };
  const toldLate = async () => {
    const late = told();
    mock.timers.tick(10_000);
    return late;
  };

  it("marks the last count where the file system does not answer, and waits for the one answer", async () => {
    const first = await told();
    assert.deepEqual(first.shown, ["available", 2, null]);
    folder.write({ "docs/d.md": "" });
    reader.hold = true;
    const late = await toldLate();
    assert.deepEqual(late.shown, ["stale", 2, NO_ANSWER]);
    assert.notEqual(late.revision, first.revision);
    assert.equal(late.readAt, first.readAt, "it was not looked at to an end");
    assert.deepEqual(await toldLate(), late);
    assert.equal(reader.asked, 2);
    const next = told();
    reader.answer();
    assert.deepEqual((await next).shown, ["available", 3, null]);
  });

  it("counts very many files without keeping others from their turn", async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => `docs/${index}.md`);
    reader.list = async () => ({ files, folders: ["docs"] });
    await source.collect();
    const { result, turns } = await turnsDuring(source.collect());
    assert.equal(result.state.reading?.metrics.files?.value, 10_000);
    assert.ok(turns >= 4, `${turns} turns`);
  });

  it("says so where it never had a count", async () => {
    reader.hold = true;
    assert.deepEqual((await toldLate()).shown, ["unavailable", null, NO_ANSWER]);
    reader.answer();
    assert.deepEqual((await told()).shown, ["available", 2, null]);
  });
});
