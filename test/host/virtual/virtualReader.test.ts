import assert from "node:assert/strict";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { VirtualReader } from "../../../src/vscode/virtualReader.js";
import { MemoryFileSystem } from "../../support/memoryFileSystem.js";

describe("virtual reader", () => {
  let files: MemoryFileSystem;
  let reader: VirtualReader;
  let told: number;

  beforeEach(() => {
    files = new MemoryFileSystem("fusion-reader-test");
    told = 0;
    reader = new VirtualReader(files.uri("/project"), () => told);
    files.write("/project/data/a.json", "one");
    files.write("/secret", "secret");
  });
  afterEach(() => files.dispose());

  const readAll = async (file: string, appendOnly = false) => {
    const read = await reader.read(file, { appendOnly }, async (opened) =>
      String(await opened.read(0, opened.size)),
    );
    return read?.result ?? null;
  };

  it("reads a file and parts of it, and knows what is not there", async () => {
    assert.equal(await readAll("data/a.json"), "one");
    const read = await reader.read("data/a.json", { appendOnly: false }, (file) => file.read(1, 5));
    assert.equal(String(read?.result), "ne");
    assert.equal(await readAll("missing"), null);
    assert.equal(await reader.look("data/a.json/below"), null);
  });

  it("refuses folders, links, and what is outside", async () => {
    files.write("/project/link", "elsewhere");
    files.makeLink("/project/link");
    files.write("/project/linked/file", "elsewhere");
    files.makeLink("/project/linked");
    for (const file of ["data", "link", "linked/file", "../secret", "data/../../secret"]) {
      await assert.rejects(readAll(file), SourceError, file);
    }
  });

  it("refuses a file that is too large to be read whole", async () => {
    files.write("/project/large.log", Buffer.alloc(16 * 1024 * 1024 + 1));
    await assert.rejects(readAll("large.log", true), /has 17 MB, more than the 16 MB/);
  });

  it("tells one state of a file from the next, by what was told where there is no time", async () => {
    const signature = async () => (await reader.look("data/a.json"))?.signature;
    const first = await signature();
    assert.equal(await signature(), first);
    files.write("/project/data/a.json", "two");
    assert.notEqual(await signature(), first);
    files.stamped = false;
    const unstamped = await signature();
    assert.equal(await signature(), unstamped);
    told++;
    assert.notEqual(await signature(), unstamped);
  });

  it("reads again when the file is written meanwhile, but takes what a growing log held", async () => {
    const meddle = (write: () => void) => {
      const readFile = files.readFile.bind(files);
      files.readFile = (uri) => {
        const content = readFile(uri);
        files.readFile = readFile;
        write();
        return content;
      };
    };
    meddle(() => files.write("/project/data/a.json", "rewritten"));
    assert.equal(await readAll("data/a.json"), "rewritten");
    meddle(() => files.append("/project/data/a.json", " and more"));
    assert.equal(await readAll("data/a.json", true), "rewritten");
  });

  it("lists files and folders, and what a rotation left", async () => {
    files.write("/project/logs/app.log", "");
    files.write("/project/logs/app.log.1", "");
    files.write("/project/logs/link.log", "");
    files.makeLink("/project/logs/link.log");
    files.write("/project/node_modules/x.log", "");
    const { files: found, folders } = await reader.list(".");
    assert.deepEqual([...found].sort(), ["data/a.json", "logs/app.log", "logs/app.log.1"]);
    assert.deepEqual([...folders].sort(), [".", "data", "logs"]);
    assert.deepEqual(await reader.siblings("logs/app.log"), ["logs/app.log.1"]);
  });

  it("says that its provider is not there, and reads again once it is", async () => {
    files.dispose();
    await assert.rejects(readAll("data/a.json"), (error) => error instanceof SourceError && error.transient);
    files = new MemoryFileSystem("fusion-reader-test");
    files.write("/project/data/a.json", "back");
    assert.equal(await readAll("data/a.json"), "back");
  });
});
