import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import { send } from "./servedStream.js";

/** Turns that a client stays for. */
const STAY = 4;
const QUESTIONS = [
  "/api/fusion/stream",
  "/api/fusion/health",
  "/api/fusion/alerts",
  "/api/fusion/history?metric=revenue",
  "/api/fusion/history?metric=latency&points=50",
];
/** How a wrong token is refused: as wrong, or as one of too many. */
const REFUSALS = [401, 429];
const PATIENCE_MS = 30_000;

/** Clients that come with each turn and go again: some listen, some stop reading, some may not come in at all. */
export class PassingClients {
  came = 0;
  /** Clients that were sent nothing, let in though they may not be, or not answered. */
  wrong = 0;
  private leaving: (() => void)[][] = [];

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async turn(): Promise<void> {
    const came = await Promise.all([
      this.listens("websocket"),
      this.listens("polling"),
      this.stalls(),
      this.isRefused(),
      ...QUESTIONS.map((path) => this.asks(path)),
    ]);
    this.came += came.length;
    this.wrong += came.filter((leave) => leave === null).length;
    this.leaving.push(came.flatMap((leave) => leave ?? []));
    for (const leave of this.leaving.splice(0, Math.max(0, this.leaving.length - STAY)).flat()) leave();
  }

  /** Ends them all. */
  leave(): void {
    for (const leave of this.leaving.splice(0).flat()) leave();
  }

  private async listens(transport: "websocket" | "polling"): Promise<(() => void) | null> {
    const socket = this.connect(this.token, transport);
    const leave = () => socket.disconnect();
    const served = await withinPatience(new Promise((resolve) => socket.once("fusionUpdate", resolve)));
    if (served) return leave;
    leave();
    return null;
  }

  /** Takes its first update, and nothing any more. */
  private async stalls(): Promise<(() => void) | null> {
    const address = `${this.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.on("error", () => undefined);
    const leave = () => socket.terminate();
    const updated = new Promise<void>((resolve) => {
      socket.on("message", (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith("0")) socket.send(`40${JSON.stringify({ token: this.token })}`);
        else if (text.startsWith('42["fusionUpdate"')) {
          socket.pause();
          resolve();
        }
      });
    });
    if (await withinPatience(updated)) return leave;
    leave();
    return null;
  }

  private async isRefused(): Promise<(() => void) | null> {
    const socket = this.connect("wrong", "websocket");
    const refused = await withinPatience(new Promise((resolve) => socket.once("connect_error", resolve)));
    socket.disconnect();
    const { status } = await this.get(QUESTIONS[0] as string, "wrong");
    return refused && REFUSALS.includes(status) ? () => undefined : null;
  }

  private async asks(path: string): Promise<(() => void) | null> {
    const { status } = await this.get(path, this.token);
    return status === 200 ? () => undefined : null;
  }

  private connect(token: string, transport: "websocket" | "polling"): Socket {
    return io(this.url, {
      auth: { token },
      transports: [transport],
      forceNew: true,
      reconnection: false,
    });
  }

  private get(path: string, token: string) {
    const { port } = new URL(this.url);
    return send({ port: Number(port), path, headers: { Authorization: `Bearer ${token}` } });
  }
}

/** Whether something comes about in time. */
async function withinPatience(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
