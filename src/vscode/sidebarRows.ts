import * as vscode from "vscode";
import { Deadline } from "../core/deadline.js";
import { DisposableStore } from "../core/disposable.js";
import { concealedSnapshot, concealedSources } from "../protocol/concealment.js";
import { isStale, staleAt } from "../protocol/freshness.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { metricRows } from "./metricRows.js";
import type { SidebarParts, SidebarViewName } from "./sidebarParts.js";
import { type SidebarRow, treeItem } from "./sidebarRow.js";
import { sourceRows } from "./sourceRows.js";

/** Emissions that follow each other within this time (ms) are drawn together. */
const TOGETHER_MS = 100;

/** How often (ms) ages are told anew while the view is in sight. */
const AGING_MS = 30_000;

/** What reads its files for the first time is waited for so long (ms), with the view's own sign of progress. */
const FIRST_SNAPSHOT_MS = 10_000;

/** The rows of a view of the side bar. Nothing is read or drawn while the view is out of sight, or where nothing changed. */
export class SidebarRows implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private shown: readonly SidebarRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private timerEnds = Number.POSITIVE_INFINITY;
  private disposed = false;

  /** @param tell called when there is something else to show */
  constructor(
    private readonly name: SidebarViewName,
    private readonly parts: SidebarParts,
    private readonly view: Pick<vscode.TreeView<string>, "visible" | "onDidChangeVisibility">,
    private readonly tell: () => void,
  ) {
    const { stream, alerts, activeFolder, server, settings, privacy } = parts;
    const look = () => this.lookIn(TOGETHER_MS);
    for (const subscription of [
      stream.onSnapshot(look),
      stream.onStatus(look),
      alerts.onList(look),
      activeFolder.onChange(look),
      server.onChange(look),
      settings.onChange(look),
      privacy.onChange(look),
      view.onDidChangeVisibility(look),
    ])
      this.subscriptions.add(subscription);
  }

  /** The ids of the rows, as of now. */
  async list(): Promise<string[]> {
    this.shown = await this.read();
    this.lookIn(this.nextLook());
    // The manifest's words for a view without rows are for one that has been read.
    void vscode.commands.executeCommand("setContext", "fusion.read", true);
    return this.shown.map(({ id }) => id);
  }

  item(id: string): vscode.TreeItem | null {
    const row = this.shown.find((each) => each.id === id);
    return row ? treeItem(row) : null;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private lookIn(ms: number): void {
    // A reading may end after the view.
    if (this.disposed) return;
    if (!this.view.visible) {
      clearTimeout(this.timer);
      this.timerEnds = Number.POSITIVE_INFINITY;
      return;
    }
    const ends = performance.now() + ms;
    if (ends >= this.timerEnds) return;
    clearTimeout(this.timer);
    this.timerEnds = ends;
    this.timer = setTimeout(() => {
      this.timerEnds = Number.POSITIVE_INFINITY;
      void this.look();
    }, ms);
  }

  private async look(): Promise<void> {
    const rows = await this.read();
    if (this.disposed) return;
    if (JSON.stringify(rows) === JSON.stringify(this.shown)) this.lookIn(this.nextLook());
    else this.tell();
  }

  /** Milliseconds: to the moment at which the data turns stale, or to the next telling of its age. */
  private nextLook(): number {
    const { stream, settings } = this.parts;
    if (stream.latest === null) return AGING_MS;
    const untilStale = staleAt(stream.latest.timestamp, settings.staleAfterMinutes) - Date.now();
    return untilStale > 0 ? Math.min(AGING_MS, untilStale + 1) : AGING_MS;
  }

  private async read(): Promise<readonly SidebarRow[]> {
    const { activeFolder, alerts, privacy, seated, server, settings, stream } = this.parts;
    await activeFolder.decided;
    if (activeFolder.folder === null) return [];
    await seated();
    const snapshot = stream.latest ?? (await this.firstSnapshot());
    if (snapshot === null) return [];
    const now = Date.now();
    const locale = vscode.env.language;
    const concealed = privacy.isOn;
    const stale = !server.answers || isStale(snapshot.timestamp, settings.staleAfterMinutes, now);
    const shown = concealed ? concealedSnapshot(snapshot) : snapshot;
    if (this.name === "metrics") return metricRows({ snapshot: shown, alerts: alerts.list(), stale, locale });
    // An owner that was halted answers later; what is known stays until then.
    const sources = await stream.sourceFigures().catch(() => null);
    if (sources === null) return this.shown;
    return sourceRows({
      snapshot: shown,
      sources: concealed ? concealedSources(sources) : sources,
      stale,
      locale,
      now,
    });
  }

  private async firstSnapshot(): Promise<Snapshot | null> {
    const { stream, activeFolder } = this.parts;
    const subscriptions: { dispose(): void }[] = [];
    const first = new Promise<Snapshot | null>((resolve) => {
      subscriptions.push(
        stream.onSnapshot(resolve),
        activeFolder.onChange(() => resolve(stream.latest)),
      );
    });
    try {
      return await new Deadline(FIRST_SNAPSHOT_MS).within(first, null);
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
    }
  }
}
