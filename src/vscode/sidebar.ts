import * as vscode from "vscode";
import type { SidebarParts, SidebarViewName } from "./sidebarParts.js";
import type { SidebarRows } from "./sidebarRows.js";

/** The views of metrics and of sources in the side bar. */
export class Sidebar implements vscode.Disposable {
  private readonly views: readonly vscode.Disposable[];

  constructor(parts: SidebarParts) {
    this.views = [new SidebarView("metrics", parts), new SidebarView("sources", parts)];
  }

  dispose(): void {
    for (const view of this.views) view.dispose();
  }
}

/** A list of rows by their ids. What fills it is loaded when it is first in sight. */
class SidebarView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<string>;
  private loading: Promise<SidebarRows> | null = null;
  private rows: SidebarRows | null = null;
  private disposed = false;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly name: SidebarViewName,
    private readonly parts: SidebarParts,
  ) {
    this.view = vscode.window.createTreeView(`fusion.${name}`, { treeDataProvider: this });
  }

  async getChildren(row?: string): Promise<string[]> {
    if (row !== undefined || this.disposed) return [];
    this.loading ??= this.load();
    return await (await this.loading).list();
  }

  getTreeItem(row: string): vscode.TreeItem {
    return this.rows?.item(row) ?? new vscode.TreeItem(row);
  }

  dispose(): void {
    this.disposed = true;
    this.rows?.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private async load(): Promise<SidebarRows> {
    const { SidebarRows } = await import("./sidebarRows.js");
    const rows = new SidebarRows(this.name, this.parts, this.view, () => this.changed.fire(undefined));
    if (this.disposed) rows.dispose();
    else this.rows = rows;
    return rows;
  }
}
