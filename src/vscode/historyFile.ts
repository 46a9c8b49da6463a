import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

/**
 * Writes a file piece by piece, wherever it is to lie: it is there as a whole or, where the pieces throw, as it was before.
 * Elsewhere than on a disk there is no renaming into place, so that a finished copy is handed over to VS Code.
 */
export async function writeWhole(target: vscode.Uri, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const onDisk = target.scheme === "file";
  const part = onDisk ? `${target.fsPath}.${randomBytes(4).toString("hex")}.part` : await temporaryFile();
  try {
    await writePieces(part, pieces);
    if (onDisk) await rename(part, target.fsPath);
    else await vscode.workspace.fs.copy(vscode.Uri.file(part), target, { overwrite: true });
  } finally {
    await rm(part, { force: true });
  }
}

/** A file's content piece by piece, wherever it lies. */
export async function* readPieces(source: vscode.Uri): AsyncGenerator<Uint8Array, void, void> {
  if (source.scheme === "file") {
    yield* createReadStream(source.fsPath);
    return;
  }
  const copy = await temporaryFile();
  try {
    await vscode.workspace.fs.copy(source, vscode.Uri.file(copy), { overwrite: true });
    yield* createReadStream(copy);
  } finally {
    await rm(copy, { force: true });
  }
}

async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  // "x": nothing that happens to bear this name, such as a link, is written through.
  const file = await open(path, "wx");
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function temporaryFile(): Promise<string> {
  const folder = join(tmpdir(), "fusion-data-stream");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, randomBytes(8).toString("hex"));
}
