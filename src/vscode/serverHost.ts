import * as vscode from "vscode";
import { systemClock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import type { FusionServer, FusionServerOptions } from "../server/fusionServer.js";
import type { FolderParts, ServerAddress } from "../server/ownership/ports.js";
import type { RemoteFolder } from "../server/ownership/remoteFolder.js";
import type { TokenRegister } from "../server/tokenRegister.js";
import type { TokenStorage } from "../server/tokenStorage.js";
import type { Settings } from "./settings.js";

interface OwnServing {
  readonly kind: "own";
  readonly tokens: () => Promise<TokenStorage>;
  /** The port to begin with until another one is set; `null` for that of the settings. */
  readonly port: number | null;
  /** `false`: it serves this window alone, and listens nowhere. */
  readonly listen: boolean;
}

/** Which server the window's panel and its commands go through. */
export type Serving =
  | OwnServing
  /** That of the process that has the folder's stream. */
  | {
      readonly kind: "other";
      readonly remote: RemoteFolder;
      readonly tokens: () => Promise<TokenStorage>;
    }
  /** None as yet: why, for people, where that is known. */
  | { readonly kind: "none"; readonly reason: string | null };

/** A server as the window uses it, in whichever process it is. */
export type ReachedServer = Pick<FusionServer, "connectInProcess">;

/** The tokens that let clients in, as the window lists, makes and revokes them. */
export type TokenDesk = Pick<FusionServer, "tokens" | "isInUse">;

/** What the window's own server tells of. */
type Served = FolderParts & Pick<FusionServerOptions, "stream" | "alerts" | "history">;

/**
 * The server's life in this window: loaded when it is first needed, begun anew when its port changes, and ended where
 * another process has the folder's stream, whose server then is the window's too.
 */
export class ServerHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private serving: Serving = { kind: "none", reason: null };
  private heard: readonly Disposable[] = [];
  /** Called when it is known which server to use, or why there is none. */
  private readonly waiting: (() => void)[] = [];
  private running: Promise<FusionServer> | null = null;
  private server: FusionServer | null = null;
  /** Counts the stops: what began before the last one is not the server any more. */
  private stops = 0;
  /** The tokens of another process' server. */
  private register: Promise<TokenRegister> | null = null;
  private failure: string | null = null;
  private disposed = false;

  /** Fires when the address changes, when the server fails to start, and when it stops or begins to answer. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly served: Served,
    private readonly settings: Settings,
    private readonly log: (line: string) => void,
  ) {
    this.subscription = settings.onChange((affects) => {
      if (!affects("server.port")) return;
      // What was taken over with the stream is kept for clients that know it, but not against who sets another.
      if (this.serving.kind === "own") this.serving = { ...this.serving, port: null };
      if (this.running !== null || this.failure !== null) void this.restart();
    });
  }

  /** Where other programs find the stream, and why they do not. */
  get address(): ServerAddress {
    const { serving } = this;
    if (serving.kind === "other") return serving.remote.address.value;
    if (serving.kind === "none") return { url: null, error: serving.reason };
    return { url: this.server?.address?.url ?? null, error: this.failure };
  }

  get url(): string | null {
    return this.address.url;
  }

  get error(): string | null {
    return this.address.error;
  }

  /** Whether it is known which server to use. */
  get isChosen(): boolean {
    return this.serving.kind !== "none";
  }

  /** Whether the process that has the stream answers; one that was halted has it all the same. */
  get answers(): boolean {
    return this.serving.kind !== "other" || this.serving.remote.responsive.value;
  }

  /** Whether the server in use is this one's. */
  serves(remote: RemoteFolder): boolean {
    return this.serving.kind === "other" && this.serving.remote === remote;
  }

  /** Uses this server from now on, and ends the window's own where it is another. Settles when that has ended. */
  async use(serving: Serving): Promise<void> {
    for (const subscription of this.heard) subscription.dispose();
    this.heard = [];
    this.serving = serving;
    this.failure = null;
    if (serving.kind === "other") {
      const tell = () => this.changed.fire();
      this.heard = [serving.remote.address.onChange(tell), serving.remote.responsive.onChange(tell)];
    }
    const stopped = Promise.all([this.stop(), this.closeRegister()]);
    if (serving.kind !== "none" || serving.reason !== null) for (const go of this.waiting.splice(0)) go();
    if (!this.disposed) this.changed.fire();
    await stopped;
  }

  /** The server in use, the window's own started if it is not. Rejects where it cannot start. */
  async ensure(): Promise<ReachedServer> {
    while (this.serving.kind === "none") await this.told();
    const { serving } = this;
    if (serving.kind !== "other") return await this.ensureOwn();
    const { remote } = serving;
    return { connectInProcess: () => remote.openSocket() };
  }

  /** The tokens of the server in use, which is started if it is not. Rejects where it cannot start, or there is none. */
  async ensureTokens(): Promise<TokenDesk> {
    if (!this.isChosen && this.error === null) await this.told();
    if (!this.isChosen && this.error !== null) throw new Error(this.error);
    await this.ensure();
    const { serving } = this;
    if (serving.kind !== "other") return await this.ensureOwn();
    this.register ??= openRegister(serving.tokens, this.log);
    const { register } = this;
    // Only the process that serves knows who is connected.
    return { tokens: await register, isInUse: () => false };
  }

  /** The window's own server. Rejects where it cannot start, or another one is in use. */
  async ensureOwn(): Promise<FusionServer> {
    const { serving } = this;
    if (serving.kind !== "own") throw new Error("Another process serves this folder.");
    this.running ??= this.start(serving);
    return this.running;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.subscription.dispose();
    await this.use({ kind: "none", reason: null });
    this.changed.dispose();
  }

  private told(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private async start(serving: OwnServing): Promise<FusionServer> {
    performance.mark("fusion/server/load");
    const { stops } = this;
    try {
      const [{ startFusionServer }, tokens] = await Promise.all([
        import("../server/fusionServer.js"),
        serving.tokens(),
      ]);
      const server = await startFusionServer({
        ...this.served,
        tokens,
        port: serving.port ?? this.settings.port,
        allowedOrigins: () => this.settings.allowedOrigins,
        listen: serving.listen,
        log: this.log,
      });
      if (stops !== this.stops) {
        await server.dispose();
        throw new Error("The server was stopped before it had started.");
      }
      this.server = server;
      this.failure = null;
      return server;
    } catch (error) {
      if (stops === this.stops) {
        this.running = null;
        this.failure = error instanceof Error ? error.message : String(error);
        this.log(`❌ The server could not start: ${this.failure}`);
      }
      throw error;
    } finally {
      if (!this.disposed) this.changed.fire();
    }
  }

  private async closeRegister(): Promise<void> {
    const { register } = this;
    this.register = null;
    await (await register?.catch(() => null))?.dispose();
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.ensureOwn().catch(() => undefined);
  }

  private async stop(): Promise<void> {
    this.stops++;
    const stopping = this.running;
    this.running = null;
    this.server = null;
    const server = await stopping?.catch(() => null);
    await server?.dispose();
  }
}

async function openRegister(
  tokens: () => Promise<TokenStorage>,
  log: (line: string) => void,
): Promise<TokenRegister> {
  const [{ TokenRegister }, storage] = await Promise.all([import("../server/tokenRegister.js"), tokens()]);
  return await TokenRegister.open({ storage, clock: systemClock, log });
}
