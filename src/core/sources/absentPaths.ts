import { lstat as lstatCallback, stat as statCallback } from "node:fs";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { CallGate } from "./callGate.js";
import { signatureOf } from "./openedFile.js";

const lstat = promisify(lstatCallback);
const stat = promisify(statCallback);
const EXACT = { bigint: true } as const;

/** File systems stamp in steps: within this time (ns) of a change, a further one can leave the stamps as they are. */
const STEP_NS = 100_000_000n;
/** The same where stamps are whole seconds, or every second one. */
const COARSE_STEP_NS = 2_100_000_000n;
const SECOND_NS = 1_000_000_000n;

/** What is known is found out anew after this time (ms), for a file system that forgets to stamp its folders. */
const BELIEVED_MS = 10_000;

/** FAT forgets it there. */
const STAMPS_FOLDERS = process.platform !== "win32";

/** By folder, those that are under way. */
type Looks = Map<string, Promise<string | null>>;

interface KnownFolder {
  readonly signature: string;
  readonly names: Set<string>;
  /** On the steady clock. */
  readonly until: number;
}

/**
 * Paths at which nothing stands, known by the stamps of the folder that they would be in: nothing can come into a folder
 * without changing these. So one look at a folder speaks for everything that is not in it, and in what is not in it.
 */
export class AbsentPaths {
  private readonly gate: CallGate;
  private readonly folders = new Map<string, KnownFolder>();
  /** Of what was missing once it is not worth finding out. */
  private readonly missedOnce = new Set<string>();
  private readonly looks: Looks = new Map();
  /** Those that take note: nobody waits for them, so that they may be older than the next question. */
  private readonly laterLooks: Looks = new Map();

  /** @param root absolute path of the folder that all paths are relative to */
  constructor(private readonly root: string) {
    this.gate = new CallGate(root);
  }

  /** Whether nothing stands there for sure. Never rejects. */
  async has(path: string): Promise<boolean> {
    if (path === ".") return false;
    const folder = posix.dirname(path);
    const known = this.folders.get(folder);
    if (!known?.names.has(path)) return this.has(folder);
    if (performance.now() < known.until && (await this.signature(folder, this.looks)) === known.signature)
      return true;
    if (this.folders.get(folder) === known) this.folders.delete(folder);
    return false;
  }

  /** Takes note that a path was asked for in vain. Never rejects. */
  async miss(path: string): Promise<void> {
    if (path === "." || !STAMPS_FOLDERS) return;
    if (!this.missedOnce.has(path)) {
      this.missedOnce.add(path);
      return;
    }
    const folder = posix.dirname(path);
    // The stamps first: what comes into the folder between the two looks changes them.
    const signature = await this.signature(folder, this.laterLooks);
    if (signature === MISSING) await this.miss(folder);
    if (signature === null || signature === MISSING) return;
    // A link that leads nowhere is there, and where it leads no stamps of this folder tell.
    if (!(await isMissing(this.gate.run(path, () => lstat(join(this.root, path)))))) return;
    const known = this.folders.get(folder);
    if (known?.signature === signature) known.names.add(path);
    else {
      const until = performance.now() + BELIEVED_MS;
      this.folders.set(folder, { signature, names: new Set([path]), until });
    }
  }

  /** What tells one state of a folder from another; `null` where nothing does. Of all that ask at once, one looks. */
  private signature(folder: string, looks: Looks): Promise<string | null> {
    const asked = looks.get(folder);
    if (asked) return asked;
    const look = this.gate
      .run(folder, () => stat(join(this.root, folder), EXACT))
      .then(
        (stats) => {
          const { mtimeNs, ctimeNs } = stats;
          const changed = ctimeNs > mtimeNs ? ctimeNs : mtimeNs;
          const step = changed % SECOND_NS === 0n ? COARSE_STEP_NS : STEP_NS;
          const age = BigInt(Date.now()) * 1_000_000n - changed;
          return stats.isDirectory() && age > step ? signatureOf(stats) : null;
        },
        (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? MISSING : null),
      );
    looks.set(folder, look);
    // Whoever asks later may have heard of a change.
    const forget = () => {
      if (looks.get(folder) === look) looks.delete(folder);
    };
    setImmediate(forget);
    void look.then(forget);
    return look;
  }
}

const MISSING = "missing";

async function isMissing(look: Promise<unknown>): Promise<boolean> {
  return look.then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT",
  );
}
