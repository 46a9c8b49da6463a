import { createHash, randomBytes } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { ensurePrivateFolder, isOwn, isPrivate } from "../core/privateFolder.js";

const DIGEST_BYTES = 32;

export interface CompiledModule<Exports> {
  readonly exports: Exports;
  /** Keeps what was compiled by now for the next start; where it cannot be kept, that start compiles anew. Never rejects. */
  keep(): Promise<void>;
}

/**
 * Loads a CommonJS module from what an earlier start had compiled of it: to compile it takes longer than all else that a
 * start does. Compiled code is as good as the program itself, so it is taken only from a file that this account alone can
 * write, and that is whole.
 * @param file absolute path
 * @param folder absolute path of the folder for compiled code; made where it is missing
 * @throws Error where the module cannot be read, and whatever it throws itself
 */
export function loadCompiled<Exports>(file: string, folder: string): CompiledModule<Exports> {
  const source = readFileSync(file);
  const kept = join(folder, `${basename(file)}.compiled`);
  const cachedData = readKept(folder, kept, source);
  const code = `(function (exports, require, module, __filename, __dirname) {${source.toString()}\n})`;
  const script = new Script(code, { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} as Exports };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return {
    exports: module.exports,
    async keep() {
      if (cachedData && !script.cachedDataRejected) return;
      await write(folder, kept, source, script.createCachedData()).catch(() => undefined);
    },
  };
}

/** The code compiled of this very source by this very Node.js; `null` where there is none to be trusted. */
function readKept(folder: string, kept: string, source: Buffer): Buffer | null {
  try {
    for (const stats of [lstatSync(folder), lstatSync(kept)]) {
      if (stats.isSymbolicLink() || !isOwn(stats) || !isPrivate(stats)) return null;
    }
    const bytes = readFileSync(kept);
    const data = bytes.subarray(DIGEST_BYTES);
    return bytes.subarray(0, DIGEST_BYTES).equals(digestOf(source, data)) ? data : null;
  } catch {
    return null;
  }
}

async function write(folder: string, kept: string, source: Buffer, data: Buffer): Promise<void> {
  ensurePrivateFolder(folder);
  const draft = `${kept}.${randomBytes(8).toString("hex")}`;
  try {
    await writeFile(draft, Buffer.concat([digestOf(source, data), data]), { mode: 0o600, flag: "wx" });
    // Another start may read it meanwhile: it sees all of it, or what was there before.
    await rename(draft, kept);
  } finally {
    await rm(draft, { force: true });
  }
}

/** V8 itself tells sources apart by their length alone, and takes damaged data for good. */
function digestOf(source: Buffer, data: Buffer): Buffer {
  return createHash("sha256")
    .update(`${process.version} ${process.arch} ${source.length} `)
    .update(source)
    .update(data)
    .digest();
}
