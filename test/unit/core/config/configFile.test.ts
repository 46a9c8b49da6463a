import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { systemClock } from "../../../../src/core/clock.js";
import type { LoadedConfig } from "../../../../src/core/config/configFile.js";
import type { FolderSource } from "../../../../src/core/folderSource.js";
import { collected } from "../../../support/collection.js";
import { folderSource } from "../../../support/folderStream.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";

const GOOD = '{"alerts": [{"metric": "revenue", "below": 10000}]}';
const BROKEN = '{"alerts": [{"metric": "revenue", "belo';

describe("the configuration of a folder", () => {
  let folder: TemporaryFolder;
  let source: FolderSource;
  let loaded: LoadedConfig[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    loaded = [];
    source = folderSource(folder.path, systemClock, undefined, { onConfig: (each) => loaded.push(each) });
  });
  afterEach(() => {
    source.dispose();
    folder.dispose();
  });

  /** Whether it is known what the folder declares, and how many alerts that are, for each content of its file. */
  async function told(...contents: readonly (string | null)[]) {
    for (const content of contents) {
      if (content === null) folder.remove("fusion.json");
      else folder.write({ "fusion.json": content });
      await collected(source);
    }
    return loaded.map(({ isKnown, config }) => [isKnown, config.alerts.length]);
  }

  it("is known where there is no file", async () => {
    await collected(source);
    assert.deepEqual(loaded, [
      { isKnown: true, config: { metrics: [], cards: null, alerts: [] }, document: null },
    ]);
  });

  it("is not known of a file that is broken from the first look on, until it is mended or gone", async () => {
    assert.deepEqual(await told(BROKEN, GOOD), [
      [false, 0],
      [true, 1],
    ]);
    assert.deepEqual(await told(BROKEN, null), [
      [false, 0],
      [true, 1],
      [true, 1],
      [true, 0],
    ]);
  });

  it("is not known of what cannot be read, which is said", async () => {
    folder.write({ "fusion.json/a.json": GOOD });
    await collected(source);
    folder.remove("fusion.json");
    assert.deepEqual(await told(GOOD), [
      [false, 0],
      [true, 1],
    ]);
    assert.match(loaded[0]?.document?.problems[0]?.message ?? "", /not a regular file|is a folder/);
  });

  it("keeps the last good one of a file that can be read no more, says why, and once", async () => {
    const outside = new TemporaryFolder();
    outside.write({ "fusion.json": GOOD });
    await told(GOOD);
    folder.remove("fusion.json");
    symlinkSync(outside.resolve("fusion.json"), folder.resolve("fusion.json"));
    await collected(source);
    await collected(source);
    folder.remove("fusion.json");
    assert.deepEqual(await told(GOOD), [
      [true, 1],
      [true, 1],
      [true, 1],
    ]);
    const said = loaded.map(({ document }) =>
      document?.problems.map(({ severity, message }) => severity + message),
    );
    const leadsOut = "errorthis is a link that leads out of the workspace folder. Put the file itself there.";
    assert.deepEqual(said, [[], [leadsOut], []]);
    outside.dispose();
  });
});
