import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { collected } from "../../support/collection.js";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

const NAMES = ["toString", "constructor", "hasOwnProperty", "ü 数 💛"];

describe("metrics called like what every object has", () => {
  let folder: TemporaryFolder;
  let source: ReturnType<typeof folderSource>;

  beforeEach(() => {
    folder = new TemporaryFolder();
    source = folderSource(folder.path);
  });
  afterEach(() => {
    source.dispose();
    folder.dispose();
  });

  it("have their values, lose them to nobody, and keep the last good one", async () => {
    const metrics = NAMES.map((name) => `${JSON.stringify(name)}: { "file": "a.json", "query": "n" }`);
    folder.write({
      "a.json": '{"n": "no number"}',
      "fusion.json": `{ "metrics": { ${metrics.join(", ")} } }`,
    });
    for (const [text, value, stale] of [
      ['{"n": {}}', null, false],
      ['{"n": 12}', 12, false],
      ['{"n": {}}', 12, true],
      ['{"n": 13}', 13, false],
    ] as const) {
      writeFileSync(folder.resolve("a.json"), text);
      const { snapshot } = await collected(source);
      for (const name of NAMES) {
        assert.ok(Object.hasOwn(snapshot.metrics, name), name);
        const metric = snapshot.metrics[name];
        assert.deepEqual([metric?.value, metric?.stale], [value, stale], `${name} for ${text}`);
      }
    }
    assert.equal(({} as Record<string, unknown>).value, undefined);
  });
});
