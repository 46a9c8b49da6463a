/** Many Socket.IO clients, each a bare WebSocket with the least of the protocol: what they cost is not measured. */
import { WebSocket } from "ws";
import { answer } from "../support/remote.js";
import { monotonicMs } from "../support/usage.js";

interface Connecting {
  readonly port: number;
  readonly token: string;
  readonly count: number;
}

/** Handshakes under way at one time. */
const BATCH = 50;
/** A snapshot's revenue stands near its beginning. */
const BEGINNING_BYTES = 1_000;

const sockets: WebSocket[] = [];
/** When each client received the snapshot with a revenue. */
const arrivals = new Map<number, number[]>();
const waiting = new Map<number, (times: number[]) => void>();

const requests = {
  /** Connects clients; each has received its first update. */
  async connect({ port, token, count }: Connecting): Promise<void> {
    for (let left = count; left > 0; left -= BATCH) {
      const batch = Array.from({ length: Math.min(left, BATCH) }, () => connect(port, token));
      sockets.push(...(await Promise.all(batch)));
    }
    arrivals.clear();
  },
  /** When each client received the update with this revenue; answers when all have. */
  received: (revenue: number): Promise<number[]> =>
    new Promise((resolve) => {
      waiting.set(revenue, resolve);
      tell(revenue);
    }),
  disconnect(): void {
    for (const socket of sockets.splice(0)) socket.terminate();
  },
};

function connect(port: number, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code) => reject(new Error(`closed with ${code}`)));
    socket.on("message", (data: Buffer) => {
      const beginning = data.toString("latin1", 0, BEGINNING_BYTES);
      if (beginning.startsWith("0")) socket.send(`40${JSON.stringify({ token })}`);
      else if (beginning === "2") socket.send("3");
      else if (beginning.startsWith("44")) reject(new Error(beginning));
      else if (beginning.startsWith('42["fusionUpdate"')) {
        const [, revenue] = /"revenue":(\d+)/.exec(beginning) ?? [];
        note(Number(revenue));
        resolve(socket);
      }
    });
  });
}

function note(revenue: number): void {
  const times = arrivals.get(revenue);
  if (times) times.push(monotonicMs());
  else arrivals.set(revenue, [monotonicMs()]);
  tell(revenue);
}

function tell(revenue: number): void {
  const times = arrivals.get(revenue);
  if (times === undefined || times.length < sockets.length) return;
  waiting.get(revenue)?.(times);
  if (waiting.delete(revenue)) arrivals.delete(revenue);
}

export type Clients = typeof requests;

answer(requests);
