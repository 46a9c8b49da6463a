import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Between writes (ms): what moves on all the time need not be written as fast as the disk allows. */
const REST_MS = 1_000;

/** A value that a full disk did not take is tried again after this long (ms). */
const RETRY_MS = 3_000;

/** One value kept in a file of its own, which is never half-written: a crash leaves the old one or the new one. */
export class JsonFile {
  private wanted: { readonly value: () => unknown } | null = null;
  private writing: Promise<void> | null = null;
  private hurried = false;
  private endRest = () => {};

  constructor(private readonly path: string) {}

  /** What the file holds once all is written, to be checked by who reads it; `null` where it is missing or damaged. */
  async read(): Promise<unknown> {
    await this.flushed();
    try {
      return JSON.parse(await readFile(this.path, "utf8"));
    } catch {
      return null;
    }
  }

  /** Writes the value as it is when its turn comes: at once, or a second after the write before. */
  write(value: () => unknown): void {
    this.wanted = { value };
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
  }

  /** Settles when everything is on disk, without a rest. */
  async flushed(): Promise<void> {
    this.hurried = true;
    this.endRest();
    while (this.writing) await this.writing;
    this.hurried = false;
  }

  private async writeAll(): Promise<void> {
    while (this.wanted) {
      const { value } = this.wanted;
      this.wanted = null;
      let rest = REST_MS;
      try {
        await mkdir(dirname(this.path), { recursive: true });
        await writeFile(`${this.path}.new`, JSON.stringify(value()));
        await rename(`${this.path}.new`, this.path);
      } catch {
        // The disk is full: the stream goes on. Who is in a hurry does not wait until there is room again.
        if (!this.hurried) this.wanted ??= { value };
        rest = RETRY_MS;
      }
      if (!this.hurried) await this.rest(rest);
    }
  }

  /** @param ms at most */
  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
