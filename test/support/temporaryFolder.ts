import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of its own for one test, gone with it. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), "fusion-test-"));

  /** Writes files, by path relative to the folder. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [file, content] of Object.entries(files)) {
      const path = this.resolve(file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }

  /** Writes a file beside its place and renames it there, as careful programs do. */
  writeAtomically(file: string, content: string): void {
    const path = this.resolve(file);
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  }

  remove(file: string): void {
    rmSync(this.resolve(file), { recursive: true });
  }

  resolve(file: string): string {
    return join(this.path, file);
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
