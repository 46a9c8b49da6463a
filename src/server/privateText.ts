import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Disposable } from "../core/disposable.js";
import { ensurePrivateFolder, isOwn, isPrivate } from "../core/privateFolder.js";
import { FolderEar } from "./folderEar.js";
import type { KeptText } from "./tokenStorage.js";

/** Never through a link, and never waiting for the other end of a pipe. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A private text that cannot be kept, or that others can read; the message says what to do. */
export class PrivateTextError extends Error {
  override readonly name = "PrivateTextError";
}

/**
 * A text that only this account can read. Every change is a file of its own, numbered, and the highest number counts: of
 * several processes that change it at once one gets the next number, and the others see what it wrote and go on from there.
 * No lock is left behind by one that dies.
 */
export class PrivateText implements KeptText {
  /**
   * @param folder absolute path; made where it is missing, and closed to others
   * @param name of the files, before their number
   */
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  /** Rejects with a PrivateTextError where others can read it, or something else stands in its place. */
  async read(): Promise<string | null> {
    return await this.orSayWhyNot(async () => this.newest().text);
  }

  async update(change: (kept: string | null) => string): Promise<void> {
    await this.orSayWhyNot(async () => {
      while (!(await this.tryUpdate(change)));
    });
  }

  onChange(listener: () => void): Disposable {
    return new FolderEar(this.folder, (file) => {
      if (file === null || this.numberOf(file) !== null) listener();
    });
  }

  /** @returns whether nobody was faster */
  private async tryUpdate(change: (kept: string | null) => string): Promise<boolean> {
    const { number, text } = this.newest();
    const changed = change(text);
    if (changed === text) return true;
    const own = this.pathOf(number + 1);
    if (!(await publish(own, changed))) return false;
    const numbers = this.numbers();
    // Whoever was two steps ahead has cleared this number away already, and what was made of the text before it is void.
    if (numbers.some((other) => other > number + 1)) {
      await rm(own, { force: true });
      return false;
    }
    for (const other of numbers) if (other <= number) await rm(this.pathOf(other), { force: true });
    return true;
  }

  /** At once: the file is small and on this machine, and every start waits for it. */
  private newest(): { readonly number: number; readonly text: string | null } {
    ensurePrivateFolder(this.folder);
    for (;;) {
      const number = Math.max(0, ...this.numbers());
      if (number === 0) return { number, text: null };
      const text = readPrivateFile(this.pathOf(number));
      if (text !== null) return { number, text };
    }
  }

  private numbers(): number[] {
    return readdirSync(this.folder).flatMap((file) => this.numberOf(file) ?? []);
  }

  private numberOf(file: string): number | null {
    const digits = file.startsWith(`${this.name}.`) ? file.slice(this.name.length + 1) : "";
    return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : null;
  }

  private pathOf(number: number): string {
    return join(this.folder, `${this.name}.${number}`);
  }

  private async orSayWhyNot<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      throw new PrivateTextError(`The tokens cannot be kept: ${error.message}`);
    }
  }
}

/** `null` where there is none. */
function readPrivateFile(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, READ_FLAGS);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || !isOwn(stats)) {
      throw new PrivateTextError(`${path} must be a file of your own account. Delete it, and try again.`);
    }
    if (!isPrivate(stats)) {
      throw new PrivateTextError(
        `Others can read ${path}, and so make tokens. Delete it: every token made so far is then worthless, and a new key is made by itself.`,
      );
    }
    // The file never changes: it was whole before it had this name.
    const buffer = Buffer.alloc(stats.size);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, stats.size, 0));
  } finally {
    closeSync(file);
  }
}

/** Puts a whole file there. @returns whether the name was free */
async function publish(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.chmod(0o600);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link fails where the name is taken, and the file behind it is whole from the beginning.
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
