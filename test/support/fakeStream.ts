import { createServer, type Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { MemoryStore } from "../../src/core/history/memoryStore.js";
import { queryPoints } from "../../src/core/history/query.js";
import type { Alert } from "../../src/protocol/alerts.js";
import type { ClientToServerEvents, Refusal, ServerToClientEvents } from "../../src/protocol/events.js";
import type { StreamHealth } from "../../src/protocol/health.js";
import {
  type Commit,
  DEFAULT_HISTORY_POINTS,
  type HistoryPoint,
  type HistoryQuery,
  type HistoryRange,
  type HistorySeries,
} from "../../src/protocol/history.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import type { StreamStatus } from "../../src/protocol/status.js";

/** A real Socket.IO server that says whatever a test wants said. */
export class FakeStream {
  snapshot: Snapshot | null = null;
  status: StreamStatus | null = null;
  health: StreamHealth | null = null;
  alerts: readonly Alert[] = [];
  /** What every request is answered with, instead of being granted. */
  refusal: Refusal | null = null;
  /** Handshakes are turned away while set. */
  closed = false;
  /** Handshakes are left without an answer while set. */
  silent = false;
  /** What is known of the past; `null` knows nothing. */
  history: Pick<MemoryStore, "metric"> | null = null;
  /** Answers instead of it where set, as late as it likes. */
  query: ((query: HistoryQuery) => Promise<HistorySeries>) | null = null;
  commits: readonly Commit[] = [];
  /** The points of the last answer of each metric's trend; cards ask for a number of points, trends do not. */
  readonly answered = new Map<string, readonly HistoryPoint[]>();
  /** Ranges that trends asked for. */
  readonly ranges: HistoryRange[] = [];
  readonly requests: string[] = [];
  private http: HttpServer | undefined;
  private io: Server<ClientToServerEvents, ServerToClientEvents> | undefined;

  /** @param port 0 for any */
  async start(port = 0): Promise<void> {
    const http = createServer();
    const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, { serveClient: false });
    io.use((_socket, next) => {
      if (!this.silent) next(this.closed ? new Error("no such stream") : undefined);
    });
    io.on("connection", (socket) => {
      if (this.snapshot) socket.emit("fusionUpdate", this.snapshot);
      if (this.status) socket.emit("fusionStatus", this.status);
      socket.emit("fusionAlerts", this.alerts);
      socket.on("fusionHistory", async ({ metric, from, to, points }, acknowledge) => {
        this.requests.push(points === undefined ? `history ${metric}` : `history ${metric} ${points}`);
        if (this.refusal) {
          acknowledge(this.refusal);
          return;
        }
        // The page asks in epoch milliseconds.
        const range = { from: Number(from), to: Number(to) };
        if (this.query) {
          const data = await this.query({ metric, ...range, points: points ?? DEFAULT_HISTORY_POINTS });
          acknowledge({ ok: true, data });
          return;
        }
        const known = this.history?.metric(metric);
        const found = known
          ? queryPoints(known, { metric, ...range, points: points ?? DEFAULT_HISTORY_POINTS })
          : [];
        if (points === undefined) {
          this.answered.set(metric, found);
          this.ranges.push(range);
        }
        acknowledge({ ok: true, data: { metric, ...range, points: found } });
      });
      socket.on("fusionCommits", ({ from, to }, acknowledge) => {
        const commits = this.commits.filter(({ time }) => time >= Number(from) && time <= Number(to));
        acknowledge({ ok: true, data: { commits } });
      });
      socket.on("fusionRefresh", (acknowledge) => {
        this.requests.push("refresh");
        if (this.refusal) acknowledge(this.refusal);
        else if (this.snapshot) acknowledge({ ok: true, data: this.snapshot });
      });
      socket.on("fusionHealth", (acknowledge) => {
        this.requests.push("health");
        if (this.health) acknowledge({ ok: true, data: this.health });
      });
      socket.on("fusionInterval", ({ minutes }, acknowledge) => {
        this.requests.push(`interval ${minutes}`);
        if (this.refusal) {
          acknowledge(this.refusal);
          return;
        }
        acknowledge({ ok: true, interval: { minutes } });
        if (this.status) this.say({ ...this.status, interval: { minutes } });
      });
    });
    this.http = http;
    this.io = io;
    await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  }

  get port(): number {
    const address = this.http?.address();
    if (!address || typeof address === "string") throw new Error("The stream does not listen");
    return address.port;
  }

  emit(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.io?.emit("fusionUpdate", snapshot);
  }

  say(status: StreamStatus): void {
    this.status = status;
    this.io?.emit("fusionStatus", status);
  }

  tell(alerts: readonly Alert[]): void {
    this.alerts = alerts;
    this.io?.emit("fusionAlerts", alerts);
  }

  async stop(): Promise<void> {
    await this.io?.close();
    this.io = undefined;
  }
}
