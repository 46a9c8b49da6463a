import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCompiled } from "../../../src/cli/compiledModule.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

const source = (value: number) => `
const { basename } = require("node:path");
exports.value = () => ${value};
exports.name = basename(__filename) + basename(__dirname);
exports.required = require("./beside.js");
`;

interface Exports {
  value(): number;
  readonly name: string;
  readonly required: string;
}

describe("compiled module", () => {
  let folder: TemporaryFolder;
  let kept: string;
  let file: string;

  beforeEach(() => {
    folder = new TemporaryFolder();
    folder.write({ "bundle/module.js": source(1), "bundle/beside.js": 'module.exports = "beside";' });
    file = folder.resolve("bundle/module.js");
    kept = folder.resolve("state/compiled");
  });
  afterEach(() => folder.dispose());

  const load = () => loadCompiled<Exports>(file, kept);
  const keptFile = () => join(kept, "module.js.compiled");
  /** Whether a start takes what is kept: it then has nothing new to keep. */
  const isTaken = async () => {
    const before = statSync(keptFile(), { bigint: true }).ino;
    const { exports, keep } = load();
    assert.equal(typeof exports.value(), "number");
    await keep();
    return statSync(keptFile(), { bigint: true }).ino === before;
  };

  it("is the module itself, the first time and from what was kept", async () => {
    for (const _ of ["compiled", "kept"]) {
      const { exports, keep } = load();
      assert.deepEqual([exports.value(), exports.name, exports.required], [1, "module.jsbundle", "beside"]);
      await keep();
    }
    assert.equal(await isTaken(), true);
    assert.deepEqual(readdirSync(kept), ["module.js.compiled"]);
  });

  it("is compiled anew where its source changed, though not in length", async () => {
    await load().keep();
    folder.write({ "bundle/module.js": source(2) });
    assert.equal(load().exports.value(), 2);
    assert.equal(await isTaken(), false);
    assert.equal(await isTaken(), true);
  });

  it("is compiled anew where what was kept is damaged or cut", async () => {
    await load().keep();
    const whole = readFileSync(keptFile());
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(whole.length - 9) ^ 1, whole.length - 9);
    for (const bytes of [damaged, whole.subarray(0, -1), whole.subarray(0, 8), Buffer.alloc(0)]) {
      writeFileSync(keptFile(), bytes);
      assert.equal(await isTaken(), false);
      assert.equal(await isTaken(), true);
    }
  });

  it("is kept for this account alone, and taken from nowhere that others can write", async () => {
    if (process.platform === "win32") return;
    await load().keep();
    assert.deepEqual([statSync(kept).mode & 0o777, statSync(keptFile()).mode & 0o777], [0o700, 0o600]);
    chmodSync(keptFile(), 0o622);
    assert.equal(await isTaken(), false);
    chmodSync(kept, 0o777);
    assert.equal(await isTaken(), false);
    assert.equal(statSync(kept).mode & 0o777, 0o700);
    folder.write({ "elsewhere/module.js.compiled": readFileSync(keptFile()) });
    folder.remove("state/compiled/module.js.compiled");
    symlinkSync(folder.resolve("elsewhere/module.js.compiled"), keptFile());
    assert.equal(await isTaken(), false);
  });

  it("needs no place to keep anything", async () => {
    folder.write({ state: "a file" });
    const { exports, keep } = load();
    await keep();
    assert.equal(exports.value(), 1);
  });

  it("throws what the module throws", () => {
    folder.write({ "bundle/module.js": 'throw new Error("broken");' });
    assert.throws(load, /broken/);
  });
});
