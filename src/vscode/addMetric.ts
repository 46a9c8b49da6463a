import { posix } from "node:path";
import * as vscode from "vscode";
import { CONFIG_FILE } from "../core/config/configFile.js";
import { UNDECLARED_METRICS } from "../core/config/fusionConfig.js";
import { PLAIN } from "../core/discovery/entry.js";
import { discoverFile, matchFile } from "../core/discovery/fileDiscovery.js";
import { folderGlobs } from "../core/discovery/folderGlobs.js";
import type { LineUse } from "../core/discovery/lineUse.js";
import { type MetricDraft, metricEntry } from "../core/discovery/metricDraft.js";
import { freeId } from "../core/discovery/metricName.js";
import { formatOf } from "../core/formats/fileFormat.js";
import { Evaluator } from "../core/sources/evaluator.js";
import type { FolderReader } from "../core/sources/folderReader.js";
import { describeSourceError, SourceError } from "../core/sources/sourceError.js";
import type { ActiveFolder } from "./activeFolder.js";
import type { CommandCenter } from "./commandCenter.js";
import { type ConfigDocument, openSoundConfig, writeConfig } from "./configDocument.js";
import { folderAt } from "./folderAt.js";
import { inWords, reasonOf } from "./inWords.js";
import { labelWords } from "./labelWords.js";
import { askLines, type UsedLines } from "./lineQuestion.js";
import { usesOfSelection } from "./lineSelection.js";
import { askFile, type FileChoice } from "./metricFiles.js";
import { askMetric } from "./metricPreview.js";
import { askEntry } from "./metricTree.js";
import { plainLabel, plainText } from "./plainText.js";
import { type Answer, askPick } from "./quickSteps.js";
import { writtenNumber } from "./writtenNumber.js";

/** How long (ms) the status bar tells of an added metric. */
const TOLD_MS = 5_000;

export interface MetricTarget {
  readonly activeFolder: ActiveFolder;
  readonly commandCenter: CommandCenter;
  /** Absolute path of the bundle that evaluates the user's files. */
  readonly workerScript: string;
}

/** Where a metric begins: nowhere yet, or with a file, a folder, or the selection in the editor. */
export type MetricStart =
  | { readonly kind: "file"; readonly given: unknown }
  | { readonly kind: "folder"; readonly given: unknown }
  | { readonly kind: "selection"; readonly use: LineUse["kind"] };

/** Leads to a metric of the user's own, step by step, adds it to the folder's `fusion.json` and shows its card. */
export async function addMetric(target: MetricTarget, start: MetricStart): Promise<void> {
  const place = placeOf(target.activeFolder, start);
  if (place === null) return;
  if ((await openSoundConfig(place.folder.uri)) === null) return;
  const evaluator = new Evaluator(target.workerScript);
  try {
    const session = new MetricSession(place.folder.uri, folderAt(place.folder.uri).reader, evaluator);
    const answer = await session.ask(start, place.path);
    if (answer.kind === "given") await save(target, place.folder, answer.value);
  } finally {
    evaluator.dispose();
  }
}

interface MetricPlace {
  readonly folder: vscode.WorkspaceFolder;
  /** Of the file or folder, relative to the workspace folder, with `/`; `null` where it is to be asked for. */
  readonly path: string | null;
}

function placeOf(activeFolder: ActiveFolder, start: MetricStart): MetricPlace | null {
  const given = start.kind === "selection" ? vscode.window.activeTextEditor?.document.uri : start.given;
  if (!(given instanceof vscode.Uri))
    return activeFolder.folder && { folder: activeFolder.folder, path: null };
  const folder = vscode.workspace.getWorkspaceFolder(given);
  if (folder !== undefined) return { folder, path: posix.relative(folder.uri.path, given.path) };
  void vscode.window.showErrorMessage(
    vscode.l10n.t("Only files in a folder of the workspace can be shown. Move it there, or open its folder."),
  );
  return null;
}

/** The questions about one metric in one workspace folder. */
class MetricSession {
  constructor(
    private readonly folder: vscode.Uri,
    private readonly reader: FolderReader,
    private readonly evaluator: Evaluator,
  ) {}

  ask(start: MetricStart, path: string | null): Promise<Answer<MetricDraft>> {
    if (start.kind === "selection") return this.fromSelection(start.use, path);
    if (start.kind === "folder") return this.fromFolder(path ?? "");
    return path === null ? this.fromAnyFile() : this.fromFile(path, 0);
  }

  private async fromAnyFile(): Promise<Answer<MetricDraft>> {
    let active: FileChoice | undefined;
    for (;;) {
      const chosen = await askFile(this.folder, this.reader, active);
      if (chosen.kind !== "given") return chosen;
      active = chosen.value;
      const answer = await this.fromFile(active, 1);
      if (answer.kind !== "back") return answer;
    }
  }

  /** @param before how many questions were asked before these */
  private async fromFile(file: string, before: number): Promise<Answer<MetricDraft>> {
    const found = await tried(file, () => discoverFile(this.reader, this.evaluator, file, labelWords()));
    if (found === null) return { kind: before > 0 ? "back" : "cancelled" };
    const { entries, whole } = found;
    return askEntry({ title: posix.basename(file), entries, before, whole }, ({ metric }, asked) => {
      const { selection, ...shown } = metric;
      const origin = { kind: "file", file, selection } as const;
      return askMetric({ draft: { origin, ...shown }, before: asked, matches: null });
    });
  }

  private async fromSelection(kind: LineUse["kind"], file: string | null): Promise<Answer<MetricDraft>> {
    // Of data in a format, values are found by their names.
    if (file !== null && formatOf(file) !== "text") return this.fromFile(file, 0);
    const uses = usesOfSelection(kind);
    if (uses.length === 0 || file === null) return { kind: "cancelled" };
    const found = await tried(file, () => Promise.all(uses.map((use) => this.used(file, use))));
    if (found === null) return { kind: "cancelled" };
    const used = found.filter(({ matches }) => matches.entries.length > 0);
    if (used.length === 0) {
      void vscode.window.showInformationMessage(noLineText(found.every(({ matches }) => matches.whole)));
      return { kind: "cancelled" };
    }
    const title = posix.basename(file);
    return askLines(title, used, ({ matches }, before) => {
      const { entries, whole } = matches;
      return askEntry({ title, entries, before, whole }, ({ metric }, asked) => {
        const { selection, ...shown } = metric;
        const origin = { kind: "file", file, selection } as const;
        return askMetric({ draft: { origin, ...shown }, before: asked, matches });
      });
    });
  }

  private async used(file: string, use: LineUse): Promise<UsedLines> {
    return { use, matches: await matchFile(this.reader, this.evaluator, file, use, labelWords()) };
  }

  private async fromFolder(folder: string): Promise<Answer<MetricDraft>> {
    const globs = await tried(folder, () => folderGlobs(this.reader, folder, labelWords()));
    if (globs === null) return { kind: "cancelled" };
    if (globs.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("There are no files in this folder yet."));
      return { kind: "cancelled" };
    }
    let active: (typeof globs)[number] | undefined;
    for (;;) {
      const chosen = await askPick(
        { title: vscode.l10n.t("Add metric: {0}", folder === "" ? "/" : folder), step: 1, totalSteps: 2 },
        {
          placeholder: vscode.l10n.t("Which files to count"),
          items: globs.map((value) => ({
            label: value.glob,
            description: writtenNumber(value.value),
            value,
          })),
          active,
        },
      );
      if (chosen.kind !== "given") return chosen;
      active = chosen.value;
      const { glob, label, value } = active;
      const draft: MetricDraft = { origin: { kind: "files", glob }, label, value, ...PLAIN };
      const answer = await askMetric({ draft, before: 1, matches: null });
      if (answer.kind !== "back") return answer;
    }
  }
}

/** What is on disk need not be what the editor shows. */
function noLineText(whole: boolean): string {
  return whole
    ? vscode.l10n.t("The saved file has no such line. Save the file, then try again.")
    : vscode.l10n.t("The last 8 MB of the saved file have no such line. Select one of the newest lines.");
}

/** What some work on a file gives; `null`, and the user is told why, where it cannot be read. */
async function tried<T>(file: string, work: () => Promise<T>): Promise<T | null> {
  try {
    const options = {
      location: vscode.ProgressLocation.Window,
      title: plainLabel(vscode.l10n.t("Reading {0}", file)),
    };
    return await vscode.window.withProgress(options, work);
  } catch (error) {
    const said = inWords(error instanceof SourceError ? describeSourceError(file, error) : String(error));
    void vscode.window.showErrorMessage(plainText(said));
    return null;
  }
}

async function save(
  { activeFolder, commandCenter }: MetricTarget,
  folder: vscode.WorkspaceFolder,
  draft: MetricDraft,
): Promise<void> {
  // Somebody may have edited the file while the questions were open.
  const config = await openSoundConfig(folder.uri);
  if (config === null) return;
  const id = freeId(draft.label, takenIds(config));
  const cards = config.config?.cards ?? null;
  try {
    const saved = await writeConfig(
      config,
      { path: ["metrics", id], value: metricEntry(draft, id) },
      ...(cards === null ? [] : [{ path: ["cards", -1], value: id }]),
    );
    if (!saved) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The card of {0} shows when you save {1}.", plainText(draft.label), CONFIG_FILE),
      );
    }
    vscode.window.setStatusBarMessage(
      vscode.l10n.t("{0} is in {1}", plainLabel(draft.label), CONFIG_FILE),
      TOLD_MS,
    );
  } catch (error) {
    const reason = reasonOf(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("The metric was not added: {0}", plainText(reason)));
    return;
  }
  if (activeFolder.folder?.uri.toString() !== folder.uri.toString()) {
    await activeFolder.choose(folder.uri.toString());
  }
  await commandCenter.reveal(id);
}

/** Ids that mean something already, though maybe only in the order of the cards. */
function takenIds({ config }: ConfigDocument): ReadonlySet<string> {
  const { metrics = [], cards = null } = config ?? {};
  return new Set([...UNDECLARED_METRICS, ...metrics.map(({ id }) => id), ...(cards ?? [])]);
}
