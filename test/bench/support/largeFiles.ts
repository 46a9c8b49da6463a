import { appendFileSync, closeSync, openSync, writeFileSync, writeSync } from "node:fs";

const LARGE_JSON_BYTES = 20 * 1024 * 1024;
const LARGE_LOG_BYTES = 100 * 1024 * 1024;

const BLOCK_LINES = 10_000;

/** Writes a memo index of 20 MB with this total. */
export function writeLargeIndex(path: string, totalMemos: number): void {
  const memos: string[] = [];
  for (let bytes = 0, id = 0; bytes < LARGE_JSON_BYTES; id++) {
    const memo = JSON.stringify({ id, title: `Memo ${id}`, tags: ["a", "b"], words: id % 977, open: true });
    memos.push(memo);
    bytes += memo.length + 1;
  }
  writeFileSync(path, `{"totalMemos":${totalMemos},"memos":[${memos.join()}]}`);
}

export function logLine(number: number): string {
  return `2025-11-08T17:40:38.902Z level=${number % 10 === 0 ? "error" : "info"} took ${number % 997}ms to answer\n`;
}

/** Writes a log of 100 MB; returns how many lines it has. */
export function writeLargeLog(path: string): number {
  const block = Buffer.from(Array.from({ length: BLOCK_LINES }, (_, number) => logLine(number)).join(""));
  const blocks = Math.ceil(LARGE_LOG_BYTES / block.length);
  const file = openSync(path, "w");
  for (let count = 0; count < blocks; count++) writeSync(file, block);
  closeSync(file);
  return blocks * BLOCK_LINES;
}

/** Appends a line; returns its place in the file (bytes), which had `size` bytes. */
export function appendLine(path: string, size: number, number: number): { offset: number; length: number } {
  const line = logLine(number);
  appendFileSync(path, line);
  return { offset: size, length: line.length };
}
