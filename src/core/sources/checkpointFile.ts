import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Checkpoint, CheckpointStore } from "./logCheckpoint.js";

/** Between writes (ms): busy logs move on all the time, and from an older checkpoint the same lines are read again. */
const REST_MS = 1_000;

/** Keeps checkpoints in a file, so that a count over a log goes on after a restart where it was. */
export class CheckpointFile implements CheckpointStore {
  private readonly checkpoints = new Map<string, Checkpoint>();
  private loading: Promise<void> | null = null;
  private writing: Promise<void> | null = null;
  private dirty = false;
  private hurried = false;
  private endRest = () => {};

  constructor(private readonly path: string) {}

  async get(key: string): Promise<Checkpoint | null> {
    this.loading ??= this.load();
    await this.loading;
    return this.checkpoints.get(key) ?? null;
  }

  set(key: string, checkpoint: Checkpoint): void {
    this.checkpoints.set(key, checkpoint);
    this.dirty = true;
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
  }

  /** Settles when everything is on disk. */
  async flushed(): Promise<void> {
    this.hurried = true;
    this.endRest();
    while (this.writing) await this.writing;
    this.hurried = false;
  }

  /** Nothing where the file is missing or damaged: the logs are then read from their beginning. */
  private async load(): Promise<void> {
    const text = await readFile(this.path, "utf8").catch(() => "{}");
    for (const [key, checkpoint] of parse(text)) this.checkpoints.set(key, checkpoint);
  }

  private async write(): Promise<void> {
    while (this.dirty) {
      this.dirty = false;
      const text = JSON.stringify(Object.fromEntries(this.checkpoints));
      try {
        await mkdir(dirname(this.path), { recursive: true });
        await writeFile(`${this.path}.new`, text);
        await rename(`${this.path}.new`, this.path);
      } catch {
        // A full disk: the stream goes on, and the next checkpoint is written if there is room again.
      }
      if (!this.hurried) await this.rest();
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, REST_MS).unref();
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function parse(text: string): [string, Checkpoint][] {
  try {
    const entries: [string, unknown][] = Object.entries(JSON.parse(text));
    return entries.filter((entry): entry is [string, Checkpoint] => isCheckpoint(entry[1]));
  } catch {
    return [];
  }
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== "object" || value === null) return false;
  const { offset, lines, states, head, tail } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(lines) &&
    (states === null || Array.isArray(states)) &&
    typeof head === "string" &&
    typeof tail === "string"
  );
}
