import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import type { KeptText } from "./tokenStorage.js";

/** Between writes (ms): a client that asks all the time must not wear the disk. */
const REST_MS = 60_000;

/** The same (ms) where a token is used for the first time: its owner may be waiting to see it in the list. */
const FIRST_USE_MS = 1_000;

/** The very first (ms) after it: the write would compete with the answer to whoever used the token, often a start's first. */
const BEGIN_MS = 100;

/** When each token was last used. Nothing depends on it but a person's look at the list. */
export class TokenUses {
  /** Epoch milliseconds by id. */
  private readonly seen = new Map<string, number>();
  private listed: ReadonlySet<string> = new Set();
  private resting: Disposable | null = null;
  private restsBriefly = false;
  private unwritten = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly kept: KeptText,
    private readonly clock: Clock,
  ) {}

  note(id: string): void {
    const isFirst = !this.seen.has(id);
    this.seen.set(id, this.clock.now());
    this.unwritten = true;
    if (!this.resting) this.writeIn(BEGIN_MS);
    else if (isFirst && !this.restsBriefly) {
      this.resting.dispose();
      this.writeIn(FIRST_USE_MS);
    }
  }

  /** The last uses that this process and others know of. */
  async read(): Promise<ReadonlyMap<string, number>> {
    const kept = parsedUses(await this.kept.read().catch(() => null));
    return merged(kept, this.seen);
  }

  /** Forgets the uses of tokens that are not listed any more; those that are kept, with the next write. */
  keepOnly(ids: ReadonlySet<string>): void {
    this.listed = ids;
    for (const id of this.seen.keys()) if (!ids.has(id)) this.seen.delete(id);
  }

  /** Settles when all is written. */
  async dispose(): Promise<void> {
    this.resting?.dispose();
    this.resting = null;
    this.write();
    await this.writing;
  }

  /** @param ms until what is unwritten then is written */
  private writeIn(ms: number): void {
    this.restsBriefly = ms < REST_MS;
    this.resting = this.clock.schedule(ms, () => {
      this.resting = null;
      if (!this.unwritten) return;
      this.write();
      this.writeIn(REST_MS);
    });
  }

  private write(): void {
    if (!this.unwritten) return;
    this.unwritten = false;
    const change = (text: string | null) => {
      const uses = [...merged(parsedUses(text), this.seen)];
      return JSON.stringify(Object.fromEntries(uses.filter(([id]) => this.listed.has(id))));
    };
    // A full disk costs no more than the list's last column.
    this.writing = this.writing.then(() => this.kept.update(change)).catch(() => undefined);
  }
}

function merged(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const all = new Map(one);
  for (const [id, at] of other) all.set(id, Math.max(at, all.get(id) ?? 0));
  return all;
}

function parsedUses(text: string | null): ReadonlyMap<string, number> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
    return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
  } catch {
    return new Map();
  }
}
