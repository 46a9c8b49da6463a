import * as vscode from "vscode";
import { hasDataFiles } from "../core/sources/dataFiles.js";
import type { PanelFolder } from "../protocol/panel.js";
import { folderAt } from "./folderAt.js";

const CHOICE_KEY = "fusion.activeFolder";

/** Which of the workspace's folders the stream follows: the one chosen, else the first that has data, else the first. */
export class ActiveFolder implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.WorkspaceFolder | null>();
  private readonly subscription: vscode.Disposable;
  private current: vscode.WorkspaceFolder | null = null;
  private deciding: Promise<void> = Promise.resolve();

  /** Fires when another folder is followed, and when the list of folders changes. */
  readonly onChange = this.changed.event;

  /** @param memento remembers the choice for this workspace */
  constructor(private readonly memento: vscode.Memento) {
    this.subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => void this.decide());
  }

  get folder(): vscode.WorkspaceFolder | null {
    return this.current;
  }

  /** Every folder that can be followed, with whether it has data. */
  async list(): Promise<PanelFolder[]> {
    return Promise.all(
      candidates().map(async ({ uri, name }) => ({ uri: uri.toString(), name, hasData: await hasData(uri) })),
    );
  }

  /** Follows the folder of this address, if it is one of the workspace's, also next time. */
  async choose(uri: string): Promise<void> {
    if (!candidates().some((folder) => folder.uri.toString() === uri)) return;
    await this.memento.update(CHOICE_KEY, uri);
    await this.decide();
  }

  /** Settles when the decision under way, if any, is made. */
  get decided(): Promise<void> {
    return this.deciding;
  }

  /** Decides anew, after the decision under way: a folder that has got data since then may be found. */
  decide(): Promise<void> {
    this.deciding = this.deciding.then(() => this.pick());
    return this.deciding;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async pick(): Promise<void> {
    const folders = candidates();
    const chosen = folders.find((folder) => folder.uri.toString() === this.memento.get(CHOICE_KEY));
    const found = chosen ?? (await firstWithData(folders)) ?? folders[0] ?? null;
    this.current = found;
    this.changed.fire(found);
  }
}

function candidates(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}

async function firstWithData(
  folders: readonly vscode.WorkspaceFolder[],
): Promise<vscode.WorkspaceFolder | null> {
  for (const folder of folders) {
    if (await hasData(folder.uri)) return folder;
  }
  return null;
}

async function hasData(uri: vscode.Uri): Promise<boolean> {
  return (await isReachable(uri)) && (await hasDataFiles(folderAt(uri).reader));
}

/** The extension that provides a folder may be missing; a folder on disk need not be asked about over VS Code's other process. */
async function isReachable(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "file") return true;
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
