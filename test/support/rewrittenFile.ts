import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { FollowedFolder } from "./followedFolder.js";

const WRITER = resolve("out/test/support/rewritingWriter.js");
const FILE = "value.json";

/** What was published of a file while another program rewrote it. */
export interface RewriteCourse {
  /** Different whole values. */
  readonly published: number;
  /** Pairs of numbers that were never written together. */
  readonly torn: number;
}

/** Lets another program rewrite a file as fast as it can, in place or by renames, until its last value is shown. */
export async function followRewrites(rewrites: number, way: "place" | "rename"): Promise<RewriteCourse> {
  const folder = new FollowedFolder();
  try {
    folder.write({ [FILE]: '{"mrr": 100000, "check": 700000}' });
    folder.declare({ mrr: { file: FILE, query: "mrr" }, check: { file: FILE, query: "check" } });
    folder.follow();
    await folder.shows("mrr", 100_000);
    await promisify(execFile)(process.execPath, [WRITER, folder.resolve(FILE), String(rewrites), way]);
    await folder.shows("mrr", 100_000 + rewrites);
    const pairs = folder.emitted.flatMap(({ metrics: { mrr, check } }) =>
      // Before the first reading there is nothing yet.
      mrr?.value || check?.value ? [[mrr?.value, check?.value] as const] : [],
    );
    return {
      published: new Set(pairs.map(([mrr]) => mrr)).size,
      torn: pairs.filter(([mrr, check]) => typeof mrr !== "number" || mrr * 7 !== check).length,
    };
  } finally {
    folder.dispose();
  }
}

/**
 * Renames files over five others, each after the one before was shown.
 * @throws Error where one is missed
 */
export async function followRenames(renames: number): Promise<void> {
  const folder = new FollowedFolder();
  const ids = ["a", "b", "c", "d", "e"];
  const rename = async (id: string) => {
    for (let n = 1; n <= renames / ids.length; n++) {
      folder.writeAtomically(`${id}.json`, `{"n": ${n}}`);
      await folder.shows(id, n, { interval: 2 });
    }
  };
  try {
    folder.declare(Object.fromEntries(ids.map((id) => [id, { file: `${id}.json`, query: "n" }])));
    folder.follow();
    await Promise.all(ids.map(rename));
  } finally {
    folder.dispose();
  }
}
