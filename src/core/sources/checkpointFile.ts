import { JsonFile } from "../jsonFile.js";
import type { Checkpoint, CheckpointStore } from "./logCheckpoint.js";

/** Keeps checkpoints in a file, so that a count over a log goes on after a restart where it was. */
export class CheckpointFile implements CheckpointStore {
  private readonly checkpoints = new Map<string, Checkpoint>();
  private readonly file: JsonFile;
  private loading: Promise<void> | null = null;

  constructor(path: string) {
    this.file = new JsonFile(path);
  }

  async get(key: string): Promise<Checkpoint | null> {
    this.loading ??= this.load();
    await this.loading;
    return this.checkpoints.get(key) ?? null;
  }

  set(key: string, checkpoint: Checkpoint): void {
    this.checkpoints.set(key, checkpoint);
    this.file.write(() => Object.fromEntries(this.checkpoints));
  }

  /** Settles when everything is on disk. */
  flushed(): Promise<void> {
    return this.file.flushed();
  }

  /** Nothing where the file is missing or damaged: the logs are then read from their beginning. */
  private async load(): Promise<void> {
    for (const [key, checkpoint] of Object.entries((await this.file.read()) ?? {})) {
      if (isCheckpoint(checkpoint)) this.checkpoints.set(key, checkpoint);
    }
  }
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== "object" || value === null) return false;
  const { offset, lines, states, head, tail, identity } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(lines) &&
    (states === null || Array.isArray(states)) &&
    typeof head === "string" &&
    typeof tail === "string" &&
    typeof identity === "string"
  );
}
