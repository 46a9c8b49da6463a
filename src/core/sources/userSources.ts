import type { SourceKind } from "../../protocol/health.js";
import type { Clock } from "../clock.js";
import type { MetricDefinition } from "../config/metricDefinition.js";
import { formatOf } from "../formats/fileFormat.js";
import { commitsSource } from "./commitsSource.js";
import type { Evaluator } from "./evaluator.js";
import { FileSource } from "./fileSource.js";
import type { FolderReader } from "./folderReader.js";
import type { GithubApi } from "./githubApi.js";
import { GITHUB_FILES, GithubSource } from "./githubSource.js";
import { GlobSource } from "./globSource.js";
import type { CheckpointStore } from "./logCheckpoint.js";
import { LogFile } from "./logFile.js";
import { MeasuredSource } from "./measuredSource.js";
import type { MetricShape, Source } from "./source.js";
import { SourceError } from "./sourceError.js";
import { UrlSource } from "./urlSource.js";
import { type FileMetric, wholeFile } from "./userFile.js";
import { valueOrigin } from "./valueOrigin.js";

interface SourceTools {
  /** Absolute path of the workspace folder; `null` where it is not on this machine's disk. */
  readonly root: string | null;
  /** Whether other programs may be started and servers asked on the folder's behalf. */
  readonly trusted: boolean;
  readonly reader: FolderReader;
  readonly evaluator: Evaluator;
  readonly checkpoints: CheckpointStore;
  readonly github: GithubApi;
  readonly clock: Clock;
}

const UNTRUSTED = "this waits until you trust the workspace.";
const NO_DISK = "this folder is not on a disk, where git could read it. Open a clone of it instead.";

const NO_SELECTION = { query: null, column: null, match: null };

/** A source that is still to be made: the same key stands for the same source, which then may be kept. */
export interface SourcePlan {
  readonly key: string;
  readonly kind: SourceKind;
  /** As `SourceFigures` has it. */
  readonly name: string;
  readonly metrics: readonly string[];
  /** Files to watch, relative to the workspace folder. */
  readonly files: readonly string[];
  /** Whether it changes with the repository that the workspace folder is in. */
  readonly git: boolean;
  make(tools: SourceTools): Source;
}

/** The sources of the user's metrics: one for each file, however many values are read from it. */
export function planSources(definitions: readonly MetricDefinition[]): SourcePlan[] {
  const byFile = new Map<string, FileMetric[]>();
  const plans: SourcePlan[] = [];
  for (const { id, origin, display } of definitions) {
    const { scale, format, prefix, suffix, decimals, ...rest } = display;
    const shape: MetricShape = {
      ...rest,
      origin: valueOrigin(origin, scale),
      format: format ?? "text",
      ...(prefix === null ? {} : { prefix }),
      ...(suffix === null ? {} : { suffix }),
      ...(decimals === null ? {} : { decimals }),
    };
    if (origin.kind === "file") {
      const { kind, file, ...selection } = origin;
      byFile.set(file, [...(byFile.get(file) ?? []), { id, selection, shape, scale }]);
    } else if (origin.kind === "files") {
      const { glob } = origin;
      plans.push({
        key: JSON.stringify([id, glob, shape, scale]),
        kind: "files",
        name: glob,
        metrics: [id],
        files: [],
        git: false,
        make: ({ reader }) => new GlobSource(reader, id, glob, shape, scale),
      });
    } else if (origin.kind === "git") {
      const { sinceMs, remote } = origin;
      plans.push({
        key: JSON.stringify([id, sinceMs, remote, shape, scale]),
        kind: "git",
        name: remote === null ? "git" : `git ${remote}`,
        metrics: [id],
        files: remote === null ? [] : GITHUB_FILES,
        git: remote === null,
        make({ root, trusted, github }) {
          if (root === null) return withheldSource(id, "git", shape, NO_DISK);
          if (!trusted) return withheldSource(id, "git", shape, UNTRUSTED);
          return remote === null
            ? commitsSource(id, root, sinceMs, shape, scale)
            : new GithubSource({ id, root, remote, sinceMs, shape, scale }, github);
        },
      });
    } else {
      const { kind, url, ...selection } = origin;
      const metric = { id, url, selection: { ...NO_SELECTION, ...selection }, shape, scale };
      plans.push({
        key: JSON.stringify(metric),
        kind: "url",
        name: addressOf(url),
        metrics: [id],
        files: [],
        git: false,
        make: ({ evaluator, trusted, clock }) =>
          trusted ? new UrlSource(metric, evaluator, clock) : withheldSource(id, url, shape, UNTRUSTED),
      });
    }
  }
  for (const [file, metrics] of byFile) plans.push(planFile(file, metrics));
  return plans;
}

function planFile(file: string, metrics: readonly FileMetric[]): SourcePlan {
  return {
    key: JSON.stringify([file, metrics]),
    kind: "file",
    name: file,
    metrics: metrics.map(({ id }) => id),
    files: [file],
    git: false,
    make({ reader, evaluator, checkpoints }) {
      const format = formatOf(file);
      const definition =
        format === "jsonl" || format === "text"
          ? new LogFile(file, format, metrics, evaluator, reader, checkpoints)
          : wholeFile(file, metrics, evaluator);
      return new FileSource(reader, definition);
    },
  };
}

/** A URL without what may be secret in it: credentials and query. */
function addressOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Says why there is nothing, rather than do what must not or cannot be done on the folder's behalf. */
function withheldSource(id: string, name: string, shape: MetricShape, reason: string): Source {
  return new MeasuredSource({
    id,
    shape,
    name,
    optional: false,
    measure: () => Promise.reject(new SourceError(reason)),
  });
}
