import * as l10n from "@vscode/l10n";
import { io, type Socket } from "socket.io-client";
import type { Alert } from "../src/protocol/alerts.js";
import type {
  ClientToServerEvents,
  ErrorCode,
  Refusal,
  Reply,
  ServerToClientEvents,
} from "../src/protocol/events.js";
import type { StreamHealth } from "../src/protocol/health.js";
import type { Commit, HistoryQuery, HistoryRange, HistorySeries } from "../src/protocol/history.js";
import type { Snapshot } from "../src/protocol/snapshot.js";
import type { StreamStatus } from "../src/protocol/status.js";
import { inWords } from "./l10n.js";
import type { LinkEvent } from "./model/link.js";
import type { PanelHost } from "./panelHost.js";
import { relayThrough } from "./relayTransport.js";

export interface StreamListener {
  onLink(event: LinkEvent): void;
  onSnapshot(snapshot: Snapshot): void;
  onStatus(status: StreamStatus): void;
  onAlerts(alerts: readonly Alert[]): void;
}

/** `null` where the stream did as asked, else a sentence saying why not. */
export type RequestFailure = string | null;

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A collection reads every source once; one that takes longer than this is as good as lost to who waits for it. */
const ANSWER_DEADLINE_MS = 10_000;

/** What the stream answers where it does not do as asked; the message is a sentence's end saying why. */
export class RequestRefused extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The page's client of the stream: a real Socket.IO client, reaching it through the extension host. */
export class StreamConnection {
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private refusedRetry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<PanelHost, "post" | "listen">, listener: StreamListener) {
    // The address is never looked up: the relay's other end knows where the stream is.
    this.socket = io("http://localhost", {
      transports: [relayThrough(host)],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: FIRST_RETRY_MS,
      reconnectionDelayMax: LAST_RETRY_MS,
      timeout: CONNECT_TIMEOUT_MS,
    });
    this.socket.on("fusionUpdate", (snapshot) => listener.onSnapshot(snapshot));
    this.socket.on("fusionStatus", (status) => listener.onStatus(status));
    this.socket.on("fusionAlerts", (alerts) => listener.onAlerts(alerts));
    this.socket.on("connect", () => listener.onLink({ type: "connected" }));
    this.socket.on("disconnect", (reason) => {
      if (reason === "io client disconnect") return;
      listener.onLink({ type: "lost" });
      this.retryIfRefused();
    });
    this.socket.on("connect_error", (error) => {
      listener.onLink({ type: "failed", reason: error.message, refused: !this.socket.active });
      this.retryIfRefused();
    });
  }

  /** Connects afresh, leaving the stream that was shown before. */
  restart(): void {
    this.stop();
    this.socket.connect();
  }

  stop(): void {
    clearTimeout(this.refusedRetry);
    this.socket.disconnect();
  }

  refresh(): Promise<RequestFailure> {
    return this.request(() => this.socket.timeout(ANSWER_DEADLINE_MS).emitWithAck("fusionRefresh"));
  }

  setInterval(minutes: number): Promise<RequestFailure> {
    return this.request(() =>
      this.socket.timeout(ANSWER_DEADLINE_MS).emitWithAck("fusionInterval", { minutes }),
    );
  }

  /** `null` where the stream does not tell. */
  async health(): Promise<StreamHealth | null> {
    if (!this.socket.connected) return null;
    try {
      const reply = await this.socket.timeout(ANSWER_DEADLINE_MS).emitWithAck("fusionHealth");
      return reply.ok ? reply.data : null;
    } catch {
      return null;
    }
  }

  /** @throws Error with a sentence's end saying why not */
  async history(query: HistoryQuery): Promise<HistorySeries> {
    const { data } = await this.ask(() =>
      this.socket.timeout(ANSWER_DEADLINE_MS).emitWithAck("fusionHistory", query),
    );
    return data;
  }

  /** @throws Error with a sentence's end saying why not */
  async commits(range: HistoryRange): Promise<readonly Commit[]> {
    const { data } = await this.ask(() =>
      this.socket.timeout(ANSWER_DEADLINE_MS).emitWithAck("fusionCommits", range),
    );
    return data.commits;
  }

  private async request(send: () => Promise<Reply<object>>): Promise<RequestFailure> {
    try {
      await this.ask(send);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async ask<T>(send: () => Promise<Reply<T>>): Promise<{ readonly ok: true } & T> {
    // Socket.IO would keep the request and send it on reconnection, long after anybody waits for it.
    if (!this.socket.connected) throw new Error(l10n.t("not connected to the stream"));
    const reply = await send().catch(() => {
      throw new Error(
        this.socket.connected
          ? l10n.t("the stream did not answer in time")
          : l10n.t("the connection was lost"),
      );
    });
    if (!reply.ok) throw new RequestRefused(reply.error.code, explain(reply));
    return reply;
  }

  /** Socket.IO gives up for good where the server itself closed or refused; a server that restarts does just that. */
  private retryIfRefused(): void {
    if (this.socket.active) return;
    clearTimeout(this.refusedRetry);
    this.refusedRetry = setTimeout(() => this.socket.connect(), LAST_RETRY_MS);
  }
}

function explain({ error }: Refusal): string {
  switch (error.code) {
    case "RATE_LIMITED":
      return l10n.t("that was too soon after the last time");
    case "FORBIDDEN":
    case "UNAUTHORIZED":
      return l10n.t("this connection may not do that");
    default:
      return inWords(error.message);
  }
}
