import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { StreamAlerts } from "../core/alerts/streamAlerts.js";
import { ChangeFile } from "../core/changeStore.js";
import { systemClock } from "../core/clock.js";
import { folderId } from "../core/folderId.js";
import { FolderSource } from "../core/folderSource.js";
import type { FollowedHistory } from "../core/history/followedHistory.js";
import type { AddedSources } from "../core/sources/addedSources.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import type { GithubAccess } from "../core/sources/githubAccess.js";
import { stateFolder } from "../core/stateFolder.js";
import type { FusionStream } from "../core/stream.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { Board } from "../server/ownership/board.js";
import type { ConfigDocument } from "../server/ownership/ports.js";
import { type ConfigDiagnostics, configUri } from "./configDiagnostics.js";
import { adoptFile } from "./earlierFiles.js";
import { folderAt } from "./folderAt.js";
import type { LogFile } from "./logFile.js";
import type { PanelFacts } from "./panelFacts.js";

/** What the manifest's `when` clauses call that the folder has a `fusion.json`. */
const HAS_CONFIG = "fusion.hasConfig";

/** The bundle that evaluates the user's files, within the extension. */
export const EVALUATION_WORKER = "dist/core/sources/evaluationWorker.js";

/** What a folder leaves on the disk, with the ending of its file. */
const KEPT = { history: "sqlite", alerts: "json", changes: "json", checkpoints: "json" } as const;
type Kept = keyof typeof KEPT;

/** What reads and records a folder in this window. */
export interface OwnParts {
  readonly context: vscode.ExtensionContext;
  readonly stream: FusionStream;
  readonly alerts: StreamAlerts;
  readonly history: FollowedHistory;
  readonly configDiagnostics: ConfigDiagnostics;
  readonly github: GithubAccess;
  /** What other extensions, and other processes on the folder, add to it. */
  readonly added: AddedSources;
  readonly logFile: LogFile;
  readonly panelFacts: PanelFacts;
}

/** A folder as this window follows it by itself: what is read from it, and where what is learned of it is kept. */
export class FollowedFolder {
  /** `fusion.json` as the stream last read it. */
  readonly config = new Board<ConfigDocument>(null);
  private left = false;

  private constructor(
    readonly workspaceFolder: vscode.WorkspaceFolder,
    /** What `folderId` takes: the same however the folder is named, in every process. */
    readonly identity: string,
    readonly trusted: boolean,
    private readonly parts: OwnParts,
  ) {}

  static async at(folder: vscode.WorkspaceFolder, parts: OwnParts): Promise<FollowedFolder> {
    const { uri } = folder;
    const address = uri.toString();
    const identity = uri.scheme === "file" ? await realpath(uri.fsPath).catch(() => address) : address;
    return new FollowedFolder(folder, identity, vscode.workspace.isTrusted, parts);
  }

  /** @param last the last snapshot of another process' stream, which this window's goes on with */
  async follow(last: Snapshot | null): Promise<void> {
    const { history, stream } = this.parts;
    // A storage that cannot be used is told of by whoever writes to it.
    if (this.trusted) await this.adoptEarlier().catch(() => undefined);
    const { scheme, fsPath } = this.workspaceFolder.uri;
    void history.follow({
      file: this.file("history"),
      repository: this.trusted && scheme === "file" ? fsPath : null,
    });
    stream.follow(this.source(last), last);
  }

  /** Settles when what is kept of the folder is on disk, and its files are another process' to write. */
  async leave(): Promise<void> {
    const { alerts, history, stream } = this.parts;
    this.left = true;
    const closed = history.follow(null);
    alerts.followNone();
    stream.follow(null);
    // Nobody would see that what is wrong with it was mended.
    this.showConfig(null);
    await Promise.all([closed, alerts.flushed()]);
  }

  /** Shows what is wrong with `fusion.json`, whichever process has read it. */
  showConfig(document: ConfigDocument): void {
    const { configDiagnostics, panelFacts } = this.parts;
    panelFacts.takeConfig({ document });
    const uri = configUri(this.workspaceFolder.uri);
    if (document) configDiagnostics.show(uri, document.text, document.problems);
    else configDiagnostics.clear(uri);
    void vscode.commands.executeCommand("setContext", HAS_CONFIG, document !== null);
  }

  /** Names this folder's files; what was learned without trust is kept apart from what every process shares. */
  private get fileName(): string {
    const id = folderId(this.identity);
    return this.trusted ? id : restricted(id);
  }

  private file(kept: Kept, name = this.fileName): string {
    return join(stateFolder(), `${kept}-${name}.${KEPT[kept]}`);
  }

  /** What was kept before the folder was trusted, or by a version that kept it in the extension's own storage, stays. */
  private async adoptEarlier(): Promise<void> {
    const { storageUri, globalStorageUri } = this.parts.context;
    const storage = (storageUri ?? globalStorageUri).fsPath;
    const address = this.workspaceFolder.uri.toString();
    const earlier = createHash("sha256").update(address).digest("hex").slice(0, 16);
    await mkdir(stateFolder(), { recursive: true });
    for (const kept of Object.keys(KEPT) as Kept[]) {
      await adoptFile(
        [
          this.file(kept, restricted(folderId(this.identity))),
          join(storage, `${kept}-${earlier}.${KEPT[kept]}`),
        ],
        this.file(kept),
      );
    }
  }

  private source(last: Snapshot | null): FolderSource {
    const { added, alerts, context, github, logFile } = this.parts;
    const { uri } = this.workspaceFolder;
    const monitor = alerts.follow(this.fileName, this.trusted);
    return new FolderSource({
      folder: folderAt(uri, (file) => logFile.owns(uri, file)),
      clock: systemClock,
      trusted: this.trusted,
      workerScript: context.asAbsolutePath(EVALUATION_WORKER),
      checkpoints: new CheckpointFile(this.file("checkpoints")),
      changes: new ChangeFile(this.file("changes")),
      github,
      added,
      last,
      onConfig: ({ config, isKnown, document }) => {
        // What was being read is read to its end.
        if (this.left) return;
        if (isKnown) monitor.define(config.alerts);
        this.config.set(document);
        this.showConfig(document);
      },
    });
  }
}

function restricted(name: string): string {
  return `restricted-${name}`;
}
