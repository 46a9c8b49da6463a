/** The worker's own bundle: evaluates what the evaluator sends. */
import { parentPort } from "node:worker_threads";
import { evaluate } from "./evaluate.js";
import type { EvaluationTask } from "./evaluation.js";
import type { WorkerAnswer } from "./evaluator.js";
import { SourceError } from "./sourceError.js";

parentPort?.on("message", async (task: EvaluationTask) => {
  parentPort?.postMessage(await answer(task));
});

async function answer(task: EvaluationTask): Promise<WorkerAnswer> {
  try {
    return { ok: true, evaluation: await evaluate(task) };
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, reason: error.reason, line: error.line };
    return { ok: false, reason: `it could not be read (${String(error).split("\n")[0]}).`, line: null };
  }
}
