import type { SourceFigures } from "../protocol/health.js";
import type { Snapshot } from "../protocol/snapshot.js";
import type { ChangeStore } from "./changeStore.js";
import type { Clock } from "./clock.js";
import { type Collection, Collector } from "./collector.js";
import type { CollectionPlan } from "./composer.js";
import { CONFIG_FILE, ConfigFile, type LoadedConfig, UNKNOWN_CONFIG } from "./config/configFile.js";
import { Deadline } from "./deadline.js";
import type { Disposable } from "./disposable.js";
import { EventSource } from "./event.js";
import { ObservedSource, type SourceName } from "./health/observedSource.js";
import { PatientQuestion } from "./patientQuestion.js";
import type { AddedSource, AddedSources } from "./sources/addedSources.js";
import { GIT_FILES, ownCommitsSource } from "./sources/commitsSource.js";
import { DATA_FILE_CANDIDATES, dataFiles } from "./sources/dataFiles.js";
import { Evaluator } from "./sources/evaluator.js";
import { FileSource } from "./sources/fileSource.js";
import type { Folder } from "./sources/folder.js";
import type { GithubAccess } from "./sources/githubAccess.js";
import { GithubApi } from "./sources/githubApi.js";
import { GitWatcher } from "./sources/gitWatcher.js";
import type { CheckpointStore } from "./sources/logCheckpoint.js";
import { PatientSource } from "./sources/patientSource.js";
import type { MetricShape, Source } from "./sources/source.js";
import { planSources } from "./sources/userSources.js";
import type { StreamSource } from "./stream.js";

/** So long (ms) the first reading of `fusion.json` is waited for: every card may yet be another. */
const firstPatience = new Deadline(10_000);

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is watched whatever `fusion.json` says. */
const BUILT_IN_FILES = [CONFIG_FILE, ...GIT_FILES, ...DATA_FILE_CANDIDATES];
const COMMITS_ID = "commits";
const COMMITS: MetricShape = {
  label: "Commits in 24 h",
  format: "number",
  unit: null,
  icon: "git-commit",
  origin: { kind: "git", sinceMs: DAY_MS },
};

const GIT: SourceName = { kind: "git", name: "git" };

/** A source as it is collected from, and as it is looked at. */
interface FollowedSource {
  readonly patient: Source;
  readonly observed: ObservedSource;
}

export interface FolderSourceOptions {
  /** The folder source takes over its watcher. */
  readonly folder: Folder;
  readonly clock: Clock;
  /** Absolute path of the bundle that evaluates the user's files. */
  readonly workerScript: string;
  /** Whether other programs may be started and servers asked on the folder's behalf. */
  readonly trusted: boolean;
  readonly checkpoints: CheckpointStore;
  /** When each value changed last, beyond this process' life. */
  readonly changes?: ChangeStore;
  readonly github: GithubAccess;
  /** What is collected beside the folder's own sources, where the folder is trusted. */
  readonly added?: AddedSources;
  /** The last snapshot of this folder, where another process made it: what changed since is told from it. */
  readonly last?: Snapshot | null;
  /** Told what `fusion.json` declares, and what is wrong with it, at first and whenever that changes. */
  readonly onConfig?: (loaded: LoadedConfig) => void;
}

/** One workspace folder: its built-in data files and whatever its `fusion.json` declares, collected and watched. */
export class FolderSource implements StreamSource {
  private readonly config: PatientQuestion<LoadedConfig>;
  private readonly evaluator: Evaluator;
  private readonly collector: Collector;
  /** Only where git may be asked. */
  private readonly git: GitWatcher | null;
  private readonly github: GithubApi;
  /** Only where git may be asked. */
  private readonly commits: FollowedSource | null;
  private readonly builtIn: readonly FollowedSource[];
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });
  private kept = new Map<string, FollowedSource>();
  /** Only where such sources may be read. */
  private readonly addedSources: AddedSources | null;
  private readonly addedListener: Disposable | null;
  private added = new Map<AddedSource, FollowedSource>();
  private addedList: readonly AddedSource[] = [];
  private sources: readonly FollowedSource[];
  private loaded: LoadedConfig | null = null;
  private plan: CollectionPlan;
  private files: readonly string[] = BUILT_IN_FILES;
  private folders = "";
  /** Whether a metric of the user's needs the repository. */
  private readsGit = false;

  constructor(private readonly options: FolderSourceOptions) {
    const { folder, clock, workerScript, trusted } = options;
    const { path, reader, watcher } = folder;
    this.evaluator = new Evaluator(workerScript);
    const file = new ConfigFile(reader, this.evaluator);
    this.config = new PatientQuestion(UNKNOWN_CONFIG, {
      ask: () => file.load(),
      isNews: (told, loaded) => loaded !== told,
      onNews: () => this.changes.fire(),
    });
    this.collector = new Collector(clock, options.last, options.changes);
    this.github = new GithubApi(options.github, clock, () => this.changes.fire());
    this.commits =
      trusted && path !== null
        ? this.followed(ownCommitsSource(COMMITS_ID, path, DAY_MS, COMMITS), GIT)
        : null;
    this.builtIn = [
      ...dataFiles(this.evaluator).map((definition) =>
        this.followed(new FileSource(reader, definition), { kind: "file", name: definition.name }),
      ),
      ...(this.commits ? [this.commits] : []),
    ];
    this.sources = this.builtIn;
    this.plan = { sources: this.builtIn.map(({ patient }) => patient), cards: null };
    this.git = trusted && path !== null ? new GitWatcher(path) : null;
    this.addedSources = trusted ? (options.added ?? null) : null;
    this.addedListener = this.addedSources?.onChange(() => this.changes.fire()) ?? null;
    watcher.onChange(() => this.changes.fire());
    this.git?.onChange(() => this.changes.fire());
    watcher.watch(this.files);
  }

  get watching(): boolean {
    return this.options.folder.watcher.complete && (this.git?.complete ?? true);
  }

  async collect(): Promise<Collection> {
    await this.configure();
    this.takeAdded();
    this.options.folder.watcher.check();
    const collection = await this.collector.collect(this.plan);
    if (this.readsGit || this.commits?.observed.isShown) void this.git?.update();
    this.watchFolders();
    return collection;
  }

  figures(): readonly SourceFigures[] {
    return this.sources.flatMap(({ observed }) => observed.figures() ?? []);
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  dispose(): void {
    this.addedListener?.dispose();
    this.options.folder.watcher.dispose();
    this.git?.dispose();
    this.evaluator.dispose();
    this.github.dispose();
  }

  /** Takes up a changed `fusion.json`; sources that it still declares as before keep what they know. */
  private async configure(): Promise<void> {
    const loaded = await (this.loaded === null ? this.config.ask(firstPatience) : this.config.ask());
    if (loaded === this.loaded) return;
    const { config } = loaded;
    if (config !== this.loaded?.config) {
      const plans = planSources(config.metrics);
      const { evaluator, github } = this;
      const { folder, trusted, checkpoints, clock } = this.options;
      const { path: root, reader, watcher } = folder;
      const tools = { root, trusted, checkpoints, reader, evaluator, github, clock };
      const next = new Map(
        plans.map((plan) => [plan.key, this.kept.get(plan.key) ?? this.followed(plan.make(tools), plan)]),
      );
      this.kept = next;
      this.replan(config.cards);
      this.readsGit = plans.some(({ git }) => git);
      const files = [...BUILT_IN_FILES, ...plans.flatMap(({ files }) => files)];
      // To watch the same anew is to look up every folder of it once more, at every start of most.
      if (this.folders !== "" || files.join("\n") !== this.files.join("\n")) {
        this.files = files;
        this.folders = "";
        watcher.watch(files);
      }
    }
    this.loaded = loaded;
    this.options.onConfig?.(loaded);
  }

  /** Takes up the added sources that came, and lets go of those that went. */
  private takeAdded(): void {
    const list = this.addedSources?.list ?? this.addedList;
    if (list === this.addedList) return;
    this.addedList = list;
    this.added = new Map(
      list.map((added) => [
        added,
        this.added.get(added) ?? this.followed(added.source, { kind: "extension", name: added.name }),
      ]),
    );
    this.replan(this.plan.cards);
  }

  private replan(cards: CollectionPlan["cards"]): void {
    this.sources = [...this.builtIn, ...this.kept.values(), ...this.added.values()];
    this.plan = { sources: this.sources.map(({ patient }) => patient), cards };
  }

  private followed(source: Source, { kind, name }: SourceName): FollowedSource {
    const observed = new ObservedSource(source, { kind, name }, this.options.clock);
    return { observed, patient: new PatientSource(observed, () => this.changes.fire()) };
  }

  /** Watches the folders that the sources' globs led to, where these are not the same as before. */
  private watchFolders(): void {
    const folders = [...new Set(this.plan.sources.flatMap((source) => source.folders ?? []))];
    if (folders.join("\n") === this.folders) return;
    this.folders = folders.join("\n");
    this.options.folder.watcher.watch(this.files, folders);
  }
}
