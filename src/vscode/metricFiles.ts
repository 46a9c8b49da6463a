import { posix } from "node:path";
import * as vscode from "vscode";
import { CONFIG_FILE } from "../core/config/configFile.js";
import type { FolderReader } from "../core/sources/folderReader.js";
import { type Answer, askPick, heading, type PickRow } from "./quickSteps.js";

/** As the manifest's menus have it. */
const DATA_FILE = /\.(json|jsonc|jsonl|ndjson|csv|tsv|ya?ml|toml|md|markdown|log|txt)$/i;
const GLOB = "**/*.{json,jsonc,jsonl,ndjson,csv,tsv,yaml,yml,toml,md,markdown,log,txt}";
const NOT_DATA = "**/{node_modules,.git,.vscode}/**";

/** Files of tools, and our own. */
const OTHERS = new Set([CONFIG_FILE, "package-lock.json", "composer.lock"]);

/** Nobody looks through more; the others are found by their name in the dialog. */
const MAX_FILES = 2_000;

/** A path relative to the workspace folder, with `/`. */
export type FileChoice = string;

const BROWSE = Symbol("browse");

/** Asks which file of a workspace folder to look into. */
export async function askFile(
  folder: vscode.Uri,
  reader: FolderReader,
  active: FileChoice | undefined,
): Promise<Answer<FileChoice>> {
  const files = await dataFilesIn(folder, reader);
  const open = openFile(folder, files);
  const others = files.filter((file) => file !== open);
  const items: PickRow<FileChoice | typeof BROWSE>[] = [
    ...(open === null ? [] : [heading(vscode.l10n.t("Open in the editor")), item(open)]),
    ...(open === null ? [] : [heading(vscode.l10n.t("In the folder"))]),
    ...others.map(item),
    ...(folder.scheme === "file"
      ? [heading(""), { label: vscode.l10n.t("Choose another file…"), value: BROWSE } as const]
      : []),
  ];
  const answer = await askPick<FileChoice | typeof BROWSE>(
    { title: vscode.l10n.t("Add metric"), step: 1, totalSteps: 3 },
    { placeholder: vscode.l10n.t("Which file holds the value"), items, active },
  );
  if (answer.kind !== "given") return answer;
  return answer.value === BROWSE ? browse(folder) : { kind: "given", value: answer.value };
}

function item(file: string): PickRow<FileChoice> {
  const folder = posix.dirname(file);
  return { label: posix.basename(file), description: folder === "." ? "" : folder, value: file };
}

async function browse(folder: vscode.Uri): Promise<Answer<FileChoice>> {
  const [chosen] = (await vscode.window.showOpenDialog({ defaultUri: folder })) ?? [];
  if (chosen === undefined) return { kind: "cancelled" };
  const path = posix.relative(folder.path, chosen.path);
  if (!path.startsWith("..")) return { kind: "given", value: path };
  void vscode.window.showErrorMessage(
    vscode.l10n.t("Only files in a folder of the workspace can be shown. Move it there, or open its folder."),
  );
  return { kind: "cancelled" };
}

/** The data file in the active editor, if it is one of these. */
function openFile(folder: vscode.Uri, files: readonly string[]): string | null {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  if (!(input instanceof vscode.TabInputText)) return null;
  const path = posix.relative(folder.path, input.uri.path);
  return files.includes(path) ? path : null;
}

/** Data files, those in upper folders first. */
async function dataFilesIn(folder: vscode.Uri, reader: FolderReader): Promise<string[]> {
  const listed = async () => (await reader.list(".")).files;
  // The search is a program beside VS Code, which may be missing or kept from running.
  const files = await (folder.scheme === "file" ? foundIn(folder).catch(listed) : listed());
  return files
    .filter((file) => DATA_FILE.test(file) && !OTHERS.has(posix.basename(file)))
    .map((file) => ({ file, depth: file.split("/").length }))
    .sort((a, b) => a.depth - b.depth || a.file.localeCompare(b.file))
    .map(({ file }) => file)
    .slice(0, MAX_FILES);
}

/** VS Code's own search, which leaves out what the user has it leave out. */
async function foundIn(folder: vscode.Uri): Promise<readonly string[]> {
  const pattern = new vscode.RelativePattern(folder, GLOB);
  const found = await vscode.workspace.findFiles(pattern, NOT_DATA, MAX_FILES);
  return found.map(({ path }) => posix.relative(folder.path, path));
}
