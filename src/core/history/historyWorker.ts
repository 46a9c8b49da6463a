/** The worker's own bundle: keeps the history, and answers what the client asks. */
import { parentPort, workerData } from "node:worker_threads";
import { HistoryService, type StoreAccess } from "./historyService.js";
import { MemoryStore } from "./memoryStore.js";
import type { HistoryAnswer, HistoryRequest, HistoryWorkerData } from "./messages.js";
import { StoreKeeper } from "./storeKeeper.js";

const port = parentPort;
if (!port) throw new Error("The history runs in a worker");
const service = begin();

port.on("message", async (request: HistoryRequest) => {
  const { id, kind } = request;
  try {
    const answer = await (await service).answer(request);
    say({ id, ok: true, answer }, buffersOf(answer));
  } catch (error) {
    say({ id, ok: false, reason: error instanceof Error ? error.message : String(error) });
  }
  if (kind === "close") port.close();
});

async function begin(): Promise<HistoryService> {
  const { file } = workerData as HistoryWorkerData;
  const onTrouble = (trouble: string) => say({ trouble });
  // SQLite is still called experimental; the terminal of a headless server need not hear of it.
  process.removeAllListeners("warning");
  const sqlite = await import("node:sqlite").catch(() => null);
  return new HistoryService(sqlite ? new StoreKeeper(sqlite, file, onTrouble) : inMemory(onTrouble));
}

function inMemory(onTrouble: (message: string) => void): StoreAccess {
  const store = new MemoryStore();
  const trouble =
    "This Node.js has no SQLite (node:sqlite). The history is kept in memory, for three days at most.";
  onTrouble(trouble);
  return {
    state: "memory",
    trouble,
    record: async (observation) => store.record(observation),
    use: (work) => work(store),
    close: () => store.close(),
  };
}

function say(answer: HistoryAnswer, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(answer, transfer);
}

/** What an answer can hand over instead of copying it. */
function buffersOf(answer: unknown): ArrayBuffer[] {
  const parts = answer instanceof Uint8Array ? [answer] : Object.values(answer ?? {});
  return parts.filter((part) => ArrayBuffer.isView(part)).map(({ buffer }) => buffer as ArrayBuffer);
}
