import { Worker } from "node:worker_threads";
import type { Disposable } from "../disposable.js";
import type { Evaluation, EvaluationTask } from "./evaluation.js";
import { SourceError } from "./sourceError.js";

/** An expression of the user's that runs longer (ms) is given up: it may well run for ever. */
const DEADLINE_MS = 5_000;

/** What the worker answers: the evaluation, or the error of the whole file. */
export type WorkerAnswer =
  | { readonly ok: true; readonly evaluation: Evaluation }
  | { readonly ok: false; readonly reason: string; readonly line: number | null };

/** Evaluates in a worker of its own, one task at a time: what hangs there hangs nobody else, and is ended. */
export class Evaluator implements Disposable {
  private worker: Worker | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  /** @param script absolute path of the worker's bundle */
  constructor(
    private readonly script: string,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /** @throws SourceError where the content is not what it should be, or takes too long */
  evaluate(task: EvaluationTask): Promise<Evaluation> {
    const answer = this.queue.then(() => this.run(task));
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  dispose(): void {
    this.disposed = true;
    void this.worker?.terminate();
    this.worker = null;
  }

  private async run(task: EvaluationTask): Promise<Evaluation> {
    if (this.disposed) throw new SourceError("the stream has stopped.", null, true);
    this.worker ??= this.start();
    const { worker } = this;
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
      };
      const onMessage = (message: WorkerAnswer) => {
        end();
        resolve(message);
      };
      const onEnd = (reason: unknown) => {
        end();
        this.worker = null;
        reject(endError(reason));
      };
      const timer = setTimeout(() => {
        end();
        this.worker = null;
        void worker.terminate();
        const seconds = this.deadlineMs / 1000;
        reject(new SourceError(`reading it took more than ${seconds} s. Simplify its query or expression.`));
      }, this.deadlineMs);
      worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
      worker.postMessage(task);
    });
    if (!answer.ok) throw new SourceError(answer.reason, answer.line);
    return answer.evaluation;
  }

  private start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: 512 } });
    // An idle worker must not keep a process alive that has nothing else to do.
    worker.unref();
    return worker;
  }
}

/** @param reason what the worker threw, or the code that it ended with */
function endError(reason: unknown): SourceError {
  const code = reason instanceof Error && "code" in reason ? String(reason.code) : "";
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new SourceError("reading it used up too much memory. Make the file smaller.");
  }
  return new SourceError(
    `it could not be read (${code || "its reader ended"}). It is tried again.`,
    null,
    true,
  );
}
