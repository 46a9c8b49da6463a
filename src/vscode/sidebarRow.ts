import * as vscode from "vscode";
import { isolated } from "../protocol/direction.js";

/** One row of a view in the side bar, as plain data: two of them can be compared. */
export interface SidebarRow {
  /** Tells it apart from the others of its view; the commands of its menu get it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** A codicon's name. */
  readonly icon: string;
  /** Id of a theme's colour. */
  readonly color: string;
  /** Markdown, in which what others wrote is escaped. */
  readonly tooltip: string;
  /** What can be done about it: the manifest's menus go by these words. */
  readonly can: readonly string[];
  /** The command behind a click, which takes the id; `null` for none. */
  readonly command: string | null;
}

export function treeItem(row: SidebarRow): vscode.TreeItem {
  const { id, label, description, spoken, icon, color, tooltip, can, command } = row;
  const item = new vscode.TreeItem(isolated(label));
  item.id = id;
  item.description = description;
  item.accessibilityInformation = { label: spoken };
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.tooltip = new vscode.MarkdownString(tooltip, true);
  item.contextValue = can.join(" ");
  if (command !== null) item.command = { command, title: vscode.l10n.t("Open"), arguments: [id] };
  return item;
}
