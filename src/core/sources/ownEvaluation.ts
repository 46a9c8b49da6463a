import type { ConfigTask, DataTask, EvaluationOf, EvaluationTask } from "./evaluation.js";

/** Tasks in which no expression of the user's is evaluated, so that their length alone says how long they take. */
export type OwnTask = DataTask | ConfigTask;

/** Bytes of a data file, and characters of `fusion.json`, that are read within a few milliseconds. */
const SMALL_DATA = 64 * 1024;
const SMALL_CONFIG = 16 * 1024;

/** Whether a task is sooner done in place than handed to a worker, which takes time to start, and memory. */
export function isSmall(task: EvaluationTask): task is OwnTask {
  if (task.kind === "data") return task.bytes.length <= SMALL_DATA;
  return task.kind === "config" && task.text.length <= SMALL_CONFIG;
}

/**
 * Reads what Fusion itself knows how to read. What it needs is loaded with the first such task.
 * @throws SourceError where a data file holds no good value
 */
export async function evaluateOwn(task: OwnTask): Promise<EvaluationOf<OwnTask>> {
  if (task.kind === "config") {
    const { parseFusionConfig } = await import("../config/fusionConfig.js");
    return parseFusionConfig(task.text);
  }
  const { readData } = await import("./dataReadings.js");
  return readData(task);
}
