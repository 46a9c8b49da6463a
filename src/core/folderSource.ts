import type { Clock } from "./clock.js";
import { type Collection, type CollectionPlan, Collector } from "./collector.js";
import { CONFIG_FILE, ConfigFile, type LoadedConfig } from "./config/configFile.js";
import type { Disposable } from "./disposable.js";
import { EventSource } from "./event.js";
import { GIT_FILES, ownCommitsSource } from "./sources/commitsSource.js";
import { DATA_FILE_CANDIDATES, dataFiles } from "./sources/dataFiles.js";
import { Evaluator } from "./sources/evaluator.js";
import { FileSource } from "./sources/fileSource.js";
import { FolderWatcher } from "./sources/folderWatcher.js";
import { GuardedReader } from "./sources/guardedReader.js";
import type { CheckpointStore } from "./sources/logCheckpoint.js";
import { PatientSource } from "./sources/patientSource.js";
import type { MetricShape, Source } from "./sources/source.js";
import { planSources } from "./sources/userSources.js";
import type { StreamSource } from "./stream.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const COMMITS: MetricShape = { label: "Commits in 24 h", format: "number", unit: null, icon: "git-commit" };

export interface FolderSourceOptions {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly clock: Clock;
  /** Absolute path of the bundle that evaluates the user's files. */
  readonly workerScript: string;
  /** Whether other programs may be started and servers asked on the folder's behalf. */
  readonly trusted: boolean;
  readonly checkpoints: CheckpointStore;
  /** Told what `fusion.json` says, and what is wrong with it, whenever that changes. */
  readonly onConfig?: (document: LoadedConfig["document"]) => void;
}

/** One workspace folder: its built-in data files and whatever its `fusion.json` declares, collected and watched. */
export class FolderSource implements StreamSource {
  private readonly reader: GuardedReader;
  private readonly config: ConfigFile;
  private readonly evaluator: Evaluator;
  private readonly collector: Collector;
  private readonly watcher: FolderWatcher;
  private readonly builtIn: readonly Source[];
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });
  private kept = new Map<string, Source>();
  private loaded: LoadedConfig | null = null;
  private plan: CollectionPlan;
  private files: readonly string[] = [CONFIG_FILE, ...GIT_FILES, ...DATA_FILE_CANDIDATES];
  private folders = "";

  constructor(private readonly options: FolderSourceOptions) {
    const { root, clock, workerScript, trusted } = options;
    this.reader = new GuardedReader(root);
    this.evaluator = new Evaluator(workerScript);
    this.config = new ConfigFile(this.reader, this.evaluator);
    this.collector = new Collector(clock);
    this.builtIn = [
      ...dataFiles(this.evaluator).map((definition) => this.patient(new FileSource(this.reader, definition))),
      ...(trusted ? [this.patient(ownCommitsSource("commits", root, DAY_MS, COMMITS))] : []),
    ];
    this.plan = { sources: this.builtIn, cards: null };
    this.watcher = new FolderWatcher(root, () => this.changes.fire());
    this.watcher.watch(this.files);
  }

  get watching(): boolean {
    return this.watcher.complete;
  }

  async collect(): Promise<Collection> {
    await this.configure();
    this.watcher.watchDirectories();
    const collection = await this.collector.collect(this.plan);
    this.watchFolders();
    return collection;
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  dispose(): void {
    this.watcher.dispose();
    this.evaluator.dispose();
  }

  /** Takes up a changed `fusion.json`; sources that it still declares as before keep what they know. */
  private async configure(): Promise<void> {
    const loaded = await this.config.load();
    if (loaded === this.loaded) return;
    const { config, document } = loaded;
    if (config !== this.loaded?.config) {
      const plans = planSources(config.metrics);
      const { root, trusted, checkpoints } = this.options;
      const tools = { root, trusted, checkpoints, reader: this.reader, evaluator: this.evaluator };
      const next = new Map(
        plans.map((plan) => [plan.key, this.kept.get(plan.key) ?? this.patient(plan.make(tools))]),
      );
      this.kept = next;
      this.plan = { sources: [...this.builtIn, ...next.values()], cards: config.cards };
      this.files = [
        CONFIG_FILE,
        ...GIT_FILES,
        ...DATA_FILE_CANDIDATES,
        ...plans.flatMap(({ files }) => files),
      ];
      this.folders = "";
      this.watcher.watch(this.files);
    }
    this.loaded = loaded;
    this.options.onConfig?.(document);
  }

  private patient(source: Source): Source {
    return new PatientSource(source, () => this.changes.fire());
  }

  /** Watches the folders that the sources' globs led to, where these are not the same as before. */
  private watchFolders(): void {
    const folders = [...new Set(this.plan.sources.flatMap((source) => source.folders ?? []))];
    if (folders.join("\n") === this.folders) return;
    this.folders = folders.join("\n");
    this.watcher.watch(this.files, folders);
  }
}
