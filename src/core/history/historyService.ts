import type { HistoryStats } from "../../protocol/history.js";
import { exportPieces } from "./exporter.js";
import type { HistoryStore } from "./historyStore.js";
import { Importer } from "./importer.js";
import { type ExportRequest, type HistoryRequest, packPoints, unpackValue } from "./messages.js";
import type { Observation } from "./observation.js";
import { queryPoints } from "./query.js";
import { gapsBetween } from "./span.js";

/** Where the service's store comes from: a keeper of a database, or memory. */
export interface StoreAccess extends Pick<HistoryStats, "state" | "trouble"> {
  record(observation: Observation): Promise<void>;
  use<T>(work: (store: HistoryStore) => T): T;
  close(): void;
}

/** Answers the requests that arrive in the history's thread. */
export class HistoryService {
  private readonly exports = new Map<number, Generator<string>>();
  private readonly imports = new Map<number, Importer>();
  private readonly encoder = new TextEncoder();
  private last = 0;

  constructor(private readonly access: StoreAccess) {}

  /** @throws Error in a sentence for people */
  answer(request: HistoryRequest): unknown {
    const { access } = this;
    switch (request.kind) {
      case "record": {
        const { at, ids, values, unread } = request.ask;
        return access
          .record({ at, values: new Map(ids.map((id, index) => [id, unpackValue(values, index)])), unread })
          .then(() => null);
      }
      case "query": {
        const { ask } = request;
        return access.use((store) => {
          const metric = store.metric(ask.metric);
          return packPoints(metric ? queryPoints(metric, ask) : []);
        });
      }
      case "maintain":
        return this.maintain(request.ask);
      case "stats": {
        const size = access.state === "waiting" ? { bytes: 0, rows: 0 } : access.use((store) => store.size());
        return { state: access.state, trouble: access.trouble, ...size } satisfies HistoryStats;
      }
      case "metrics":
        return access.use((store) => store.metrics());
      case "gaps":
        return access.use((store) => gapsBetween(store.spans(request.ask), request.ask.to));
      case "beginExport":
        return this.beginExport(request.ask);
      case "continueExport":
        return this.continueExport(request.ask);
      case "endExport":
        this.exports.delete(request.ask);
        return null;
      case "beginImport":
        this.imports.set(++this.last, new Importer(request.ask));
        return this.last;
      case "continueImport":
        return this.continueImport(request.ask);
      case "endImport":
        this.imports.delete(request.ask);
        return null;
      case "close":
        access.close();
        return null;
    }
  }

  /** In small steps, between which other requests are answered. */
  private async maintain({ clock, retentionMs }: Extract<HistoryRequest, { kind: "maintain" }>["ask"]) {
    while (this.access.use((store) => store.maintain(clock, retentionMs))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    return null;
  }

  private beginExport(wanted: ExportRequest): number {
    this.exports.set(
      ++this.last,
      this.access.use((store) => exportPieces(store, wanted)),
    );
    return this.last;
  }

  private continueExport(id: number): Uint8Array | null {
    const piece = this.exports.get(id)?.next();
    if (piece && !piece.done) return this.encoder.encode(piece.value);
    this.exports.delete(id);
    return null;
  }

  private continueImport({ id, bytes, last }: { id: number; bytes: Uint8Array; last: boolean }) {
    const importer = this.imports.get(id);
    if (!importer) throw new Error("This import has ended.");
    this.access.use((store) => importer.push(store, bytes, last));
    return importer.report;
  }
}
