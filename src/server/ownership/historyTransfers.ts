import type { HistoryFormat, HistoryImport } from "../../protocol/history.js";
import type { Answers } from "./channel.js";
import type { ClientAsks } from "./messages.js";
import { PieceQueue } from "./pieceQueue.js";
import type { FolderHistory } from "./ports.js";

type TransferAsks = Pick<
  ClientAsks,
  "beginExport" | "continueExport" | "endExport" | "beginImport" | "continueImport" | "endImport"
>;

interface RunningImport {
  readonly pieces: PieceQueue;
  readonly done: Promise<HistoryImport>;
}

/** The exports and imports of one client, piece by piece as it asks for them. */
export class HistoryTransfers {
  private readonly exports = new Map<number, AsyncGenerator<Uint8Array, void, void>>();
  private readonly imports = new Map<number, RunningImport>();
  private last = 0;

  constructor(private readonly history: FolderHistory) {}

  readonly answers: Answers<TransferAsks> = {
    beginExport: ({ range, format, metrics }) => {
      this.exports.set(++this.last, this.history.export(range, format, metrics));
      return this.last;
    },
    continueExport: async (id) => {
      const next = await this.exports.get(id)?.next();
      return next?.value ? Buffer.from(next.value).toString("base64") : null;
    },
    endExport: async (id) => {
      await this.exports.get(id)?.return();
      this.exports.delete(id);
      return null;
    },
    beginImport: (format) => this.beginImport(format),
    continueImport: async ({ id, piece }) => {
      const { pieces, done } = this.running(id);
      await Promise.race([pieces.push(Buffer.from(piece, "base64")), done]);
      return null;
    },
    endImport: async ({ id, complete }) => {
      const { pieces, done } = this.running(id);
      this.imports.delete(id);
      pieces.end(complete ? null : new Error(CANCELLED));
      return await done;
    },
  };

  /** The client is gone: what it began ends. */
  dispose(): void {
    for (const each of this.exports.values()) each.return().catch(() => undefined);
    for (const { pieces } of this.imports.values()) pieces.end(new Error(CANCELLED));
  }

  private beginImport(format: HistoryFormat): number {
    const pieces = new PieceQueue();
    const done = this.history.import(pieces, format);
    // Whoever gives the next piece, or ends it, hears of a failure.
    done.catch(() => undefined);
    this.imports.set(++this.last, { pieces, done });
    return this.last;
  }

  private running(id: number): RunningImport {
    const running = this.imports.get(id);
    if (!running) throw new Error("This import has ended.");
    return running;
  }
}

const CANCELLED = "The import was cancelled.";
