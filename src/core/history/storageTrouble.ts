import { DamagedDatabase, resultCode } from "./database.js";

/** What to say of SQLite's result codes (sqlite.org/rescode.html). */
const REASONS: Readonly<Record<number, string>> = {
  5: "another process holds it",
  8: "it cannot be written",
  10: "its disk failed, or is full",
  13: "its disk is full",
  14: "it cannot be opened",
};

/** Whether an error comes from the storage: SQLite's, or the file system's. */
export function isStorageError(error: unknown): boolean {
  return error instanceof DamagedDatabase || resultCode(error) !== -1 || systemCode(error) !== null;
}

/** Why the history waits, in a sentence for people. */
export function storageTrouble(error: unknown, file: string): string {
  const known = REASONS[resultCode(error)] ?? systemCode(error);
  const reason = known ?? (error instanceof Error ? error.message : String(error));
  return `The history in ${file} cannot be kept: ${reason}. It goes on by itself when that is mended.`;
}

function systemCode(error: unknown): string | null {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  return typeof code === "string" && syscall !== undefined ? code : null;
}
