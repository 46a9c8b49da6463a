import * as vscode from "vscode";
import type { StreamAlerts } from "../core/alerts/streamAlerts.js";
import type { FollowedHistory } from "../core/history/followedHistory.js";
import type { FusionStream } from "../core/stream.js";
import type { FusionServer } from "../server/fusionServer.js";
import type { Settings } from "./settings.js";
import { workspaceTokens } from "./tokenSecrets.js";

/** What the server tells of. */
interface Served {
  readonly stream: FusionStream;
  readonly alerts: StreamAlerts;
  readonly history: FollowedHistory;
}

/**
 * The server's life in this window: loaded when it is first needed, begun anew when its port or the workspace's trust
 * changes. In an untrusted workspace it serves the panel and listens nowhere.
 */
export class ServerHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private running: Promise<FusionServer> | null = null;
  private server: FusionServer | null = null;
  private failure: string | null = null;
  private disposed = false;

  /** Fires when the address changes, and when the server fails to start. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly served: Served,
    private readonly settings: Settings,
    private readonly secrets: vscode.SecretStorage,
    private readonly log: (line: string) => void,
  ) {
    this.subscriptions = [
      settings.onChange((affects) => {
        if (affects("server.port") && (this.running !== null || this.failure !== null)) void this.restart();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
    ];
  }

  /** Where other programs find the stream; `null` while nothing listens. */
  get url(): string | null {
    return this.server?.address?.url ?? null;
  }

  /** Why the server could not start; `null` where it did or has not tried. */
  get error(): string | null {
    return this.failure;
  }

  /** The running server, started if it is not. Rejects where it cannot start. */
  async ensure(): Promise<FusionServer> {
    this.running ??= this.start();
    return this.running;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
    await this.stop();
    this.changed.dispose();
  }

  private async start(): Promise<FusionServer> {
    performance.mark("fusion/server/load");
    try {
      const [{ startFusionServer }, tokens] = await Promise.all([
        import("../server/fusionServer.js"),
        workspaceTokens(this.secrets, this.log),
      ]);
      const server = await startFusionServer({
        ...this.served,
        tokens,
        port: this.settings.port,
        allowedOrigins: () => this.settings.allowedOrigins,
        listen: vscode.workspace.isTrusted,
        log: this.log,
      });
      if (this.disposed) {
        await server.dispose();
        throw new Error("The window is closing.");
      }
      this.server = server;
      this.failure = null;
      return server;
    } catch (error) {
      this.running = null;
      this.failure = error instanceof Error ? error.message : String(error);
      this.log(`❌ The server could not start: ${this.failure}`);
      throw error;
    } finally {
      if (!this.disposed) this.changed.fire();
    }
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.ensure().catch(() => undefined);
  }

  private async stop(): Promise<void> {
    const stopping = this.running;
    this.running = null;
    this.server = null;
    const server = await stopping?.catch(() => null);
    await server?.dispose();
  }
}
