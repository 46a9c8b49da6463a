import { join } from "node:path";
import { StreamAlerts } from "../core/alerts/streamAlerts.js";
import { ChangeFile } from "../core/changeStore.js";
import { systemClock } from "../core/clock.js";
import { folderId } from "../core/folderId.js";
import { FolderSource } from "../core/folderSource.js";
import { FollowedHistory } from "../core/history/followedHistory.js";
import { AddedSources } from "../core/sources/addedSources.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import { diskFolder } from "../core/sources/folder.js";
import { stateFile, stateFolder } from "../core/stateFolder.js";
import { FusionStream } from "../core/stream.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { folderTokens } from "../server/folderSecrets.js";
import { type FusionServer, startFusionServer } from "../server/fusionServer.js";
import { Board } from "../server/ownership/board.js";
import { OwnerDesk } from "../server/ownership/ownerDesk.js";
import { portBefore } from "../server/ownership/portBefore.js";
import type { ConfigDocument, FolderParts, ServerAddress, SharedFolder } from "../server/ownership/ports.js";
import type { RemoteFolder } from "../server/ownership/remoteFolder.js";
import type { ServeArguments } from "./arguments.js";
import { CommandError } from "./commandError.js";
import { configLines } from "./configLines.js";
import { tokenTrouble } from "./folderTokens.js";
import { githubFromEnvironment } from "./githubFromEnvironment.js";

/** Where the bundles are, of which this is in one in a folder below. */
const DIST = join(__dirname, "..");

/** Pages of these origins may connect, as in VS Code by default. */
export const ALLOWED_ORIGINS = ["http://localhost:3000", "http://localhost:3001", "http://localhost:4000"];

export interface OwnStreamOptions
  extends Pick<ServeArguments, "port" | "intervalMinutes" | "authentication" | "allowedOrigins"> {
  /** Real path. */
  readonly folder: string;
  readonly key: Uint8Array;
  /** Who had the stream until now, where somebody did. */
  readonly before: RemoteFolder | null;
  readonly log: (line: string) => void;
}

/** The folder's stream while it is this process' own: followed, recorded, served, and shared with other processes. */
export class OwnStream implements SharedFolder {
  readonly parts: FolderParts;
  readonly config = new Board<ConfigDocument>(null);
  readonly address = new Board<ServerAddress>({ url: null, error: null });
  readonly added = new AddedSources();
  readonly desk = new OwnerDesk(this, false);
  private readonly stream: FusionStream;
  private readonly alerts: StreamAlerts;
  private readonly history: FollowedHistory;
  private readonly serving: Promise<FusionServer>;

  constructor(private readonly options: OwnStreamOptions) {
    const { folder, before, intervalMinutes, log } = options;
    const known = before?.parts.stream;
    this.stream = new FusionStream({
      clock: systemClock,
      log,
      intervalMinutes: known?.status().interval.minutes ?? intervalMinutes,
    });
    this.alerts = new StreamAlerts({
      stream: this.stream,
      clock: systemClock,
      storage: stateFolder(),
      onListenerError: (error) => log(`❌ ${String(error)}`),
    });
    this.history = new FollowedHistory({
      stream: this.stream,
      clock: systemClock,
      workerScript: join(DIST, "core", "history", "historyWorker.js"),
      retentionDays: () => null,
      log,
    });
    this.parts = { stream: this.stream, alerts: this.alerts, history: this.history };
    void this.history.follow({ file: stateFile(folder, "history", "sqlite"), repository: folder });
    this.stream.follow(this.source(known?.latest ?? null), known?.latest);
    this.serving = this.serve();
    this.serving.catch(() => undefined);
  }

  /** @throws CommandError where nothing can be listened on */
  server(): Promise<FusionServer> {
    return this.serving;
  }

  async key(): Promise<Uint8Array> {
    return this.options.key;
  }

  /** Ends within two seconds; what was recorded by then is committed. */
  async dispose(): Promise<void> {
    const stopped = this.serving.then(
      (server) => server.dispose(),
      () => undefined,
    );
    await Promise.all([stopped, this.history.dispose()]);
    this.stream.dispose();
    this.alerts.dispose();
    await this.alerts.flushed();
  }

  private source(last: Snapshot | null): FolderSource {
    const { folder, log } = this.options;
    const monitor = this.alerts.follow(folderId(folder), true);
    return new FolderSource({
      folder: diskFolder(folder),
      clock: systemClock,
      trusted: true,
      workerScript: join(DIST, "core", "sources", "evaluationWorker.js"),
      checkpoints: new CheckpointFile(stateFile(folder, "checkpoints", "json")),
      changes: new ChangeFile(stateFile(folder, "changes", "json")),
      github: githubFromEnvironment(process.env),
      added: this.added,
      last,
      onConfig: ({ config, isKnown, document }) => {
        configLines(document?.problems ?? []).forEach(log);
        if (isKnown) monitor.define(config.alerts);
        this.config.set(document);
      },
    });
  }

  private async serve(): Promise<FusionServer> {
    const { before, folder, port, authentication, log } = this.options;
    const allowedOrigins = [...ALLOWED_ORIGINS, ...this.options.allowedOrigins];
    try {
      const server = await startFusionServer({
        stream: this.stream,
        alerts: this.alerts,
        history: this.history,
        tokens: folderTokens(stateFolder(), folder),
        port: portBefore(before) ?? port,
        allowedOrigins: () => allowedOrigins,
        listen: true,
        authentication,
        log,
      });
      this.address.set({ url: server.address?.url ?? null, error: null });
      return server;
    } catch (error) {
      throw new CommandError(`The server could not start: ${tokenTrouble(error) ?? String(error)}`);
    }
  }
}
