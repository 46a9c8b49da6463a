import type { MetricDefinition } from "../config/metricDefinition.js";
import { formatOf } from "../formats/fileFormat.js";
import { commitsSource, GIT_FILES } from "./commitsSource.js";
import type { Evaluator } from "./evaluator.js";
import { FileSource } from "./fileSource.js";
import { GlobSource } from "./globSource.js";
import type { GuardedReader } from "./guardedReader.js";
import type { CheckpointStore } from "./logCheckpoint.js";
import { LogFile } from "./logFile.js";
import { MeasuredSource } from "./measuredSource.js";
import type { MetricShape, Source } from "./source.js";
import { SourceError } from "./sourceError.js";
import { UrlSource } from "./urlSource.js";
import { type FileMetric, wholeFile } from "./userFile.js";
import { valueOrigin } from "./valueOrigin.js";

interface SourceTools {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Whether other programs may be started and servers asked on the folder's behalf. */
  readonly trusted: boolean;
  readonly reader: GuardedReader;
  readonly evaluator: Evaluator;
  readonly checkpoints: CheckpointStore;
}

const NO_SELECTION = { query: null, column: null, match: null };

/** A source that is still to be made: the same key stands for the same source, which then may be kept. */
export interface SourcePlan {
  readonly key: string;
  readonly metrics: readonly string[];
  /** Files to watch, relative to the workspace folder. */
  readonly files: readonly string[];
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
        key: JSON.stringify([id, glob, shape]),
        metrics: [id],
        files: [],
        make: ({ reader }) => new GlobSource(reader, id, glob, shape),
      });
    } else if (origin.kind === "git") {
      const { sinceMs } = origin;
      plans.push({
        key: JSON.stringify([id, sinceMs, shape]),
        metrics: [id],
        files: GIT_FILES,
        make: ({ root, trusted }) =>
          trusted ? commitsSource(id, root, sinceMs, shape) : untrustedSource(id, "git", shape),
      });
    } else {
      const { kind, url, ...selection } = origin;
      const metric = { id, url, selection: { ...NO_SELECTION, ...selection }, shape, scale };
      plans.push({
        key: JSON.stringify(metric),
        metrics: [id],
        files: [],
        make: ({ evaluator, trusted }) =>
          trusted ? new UrlSource(metric, evaluator) : untrustedSource(id, url, shape),
      });
    }
  }
  for (const [file, metrics] of byFile) plans.push(planFile(file, metrics));
  return plans;
}

function planFile(file: string, metrics: readonly FileMetric[]): SourcePlan {
  return {
    key: JSON.stringify([file, metrics]),
    metrics: metrics.map(({ id }) => id),
    files: [file],
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

/** Says why there is nothing, rather than do anything on the behalf of a folder that nobody trusts. */
function untrustedSource(id: string, name: string, shape: MetricShape): Source {
  return new MeasuredSource({
    id,
    shape,
    name,
    optional: false,
    measure: () => Promise.reject(new SourceError("this waits until you trust the workspace.")),
  });
}
