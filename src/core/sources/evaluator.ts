import { Worker } from "node:worker_threads";
import type { Disposable } from "../disposable.js";
import type { EvaluationOf, EvaluationTask } from "./evaluation.js";
import { evaluateOwn, isSmall } from "./ownEvaluation.js";
import { LateEvaluationError, SourceError } from "./sourceError.js";

/** An expression of the user's that runs longer (ms) is given up: it may well run for ever. */
const DEADLINE_MS = 5_000;

/** Bytes for which each millisecond more is granted: a busy machine takes long over a large file that is as it should be. */
const BYTES_PER_MS = 4 * 1024;

/** What the worker answers: the evaluation, or the error of the whole file. */
export type WorkerAnswer =
  | { readonly ok: true; readonly evaluation: EvaluationOf<EvaluationTask> }
  | { readonly ok: false; readonly reason: string; readonly line: number | null };

/** A worker with nothing to do for this long (ms) ends: what it holds is worth more to others. */
const IDLE_MS = 30_000;

/**
 * What a worker may take (MB). With room for more young objects it would fill that with garbage before it collects any;
 * with half as much, what is soon garbage counts as old.
 */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 };

/** Fewer bytes than these are copied into the worker; more are handed over with the buffer that they fill. */
const COPIED_BYTES = 64 * 1024;

/** Evaluates in a worker of its own, one task at a time: what hangs there hangs nobody else, and is ended. */
export class Evaluator implements Disposable {
  private worker: Worker | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private idle: NodeJS.Timeout | null = null;
  private disposed = false;

  /** @param script absolute path of the worker's bundle */
  constructor(
    private readonly script: string,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /**
   * The task's bytes are handed over: nobody may use them afterwards.
   * @throws SourceError where the content is not what it should be
   * @throws LateEvaluationError where it takes too long
   */
  async evaluate<Task extends EvaluationTask>(task: Task): Promise<EvaluationOf<Task>> {
    // A task is answered by what its kind gives: so says `Evaluations`, which cannot follow it through the worker.
    if (isSmall(task)) return (await evaluateOwn(task)) as EvaluationOf<Task>;
    this.waiting++;
    const answer = this.queue.then(() => this.run(task));
    this.queue = answer.catch(() => undefined).finally(() => this.rest());
    return (await answer) as EvaluationOf<Task>;
  }

  dispose(): void {
    this.disposed = true;
    this.end();
  }

  /** Ends the worker in a while, if nothing is left to do. */
  private rest(): void {
    if (--this.waiting > 0 || this.disposed) return;
    this.idle = setTimeout(() => this.end(), IDLE_MS).unref();
  }

  private end(): void {
    if (this.idle) clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = null;
  }

  private async run(task: EvaluationTask): Promise<EvaluationOf<EvaluationTask>> {
    if (this.disposed) throw new SourceError("the stream has stopped.", null, true);
    if (this.idle) clearTimeout(this.idle);
    this.worker ??= this.start();
    const { worker } = this;
    const deadlineMs = this.deadlineMs + ("bytes" in task ? task.bytes.length / BYTES_PER_MS : 0);
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
        reject(new LateEvaluationError(lateReason(task, deadlineMs)));
      }, deadlineMs);
      worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
      worker.postMessage(...messageOf(task));
    });
    if (!answer.ok) throw new SourceError(answer.reason, answer.line);
    return answer.evaluation;
  }

  private start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: LIMITS });
    // An idle worker must not keep a process alive that has nothing else to do.
    worker.unref();
    return worker;
  }
}

function lateReason({ kind }: EvaluationTask, deadlineMs: number): string {
  const late = `reading it took more than ${Math.round(deadlineMs / 1000)} s. It is tried again.`;
  const isOwn = kind === "data" || kind === "config";
  return isOwn ? late : `${late} If it stays so, simplify its query or expression.`;
}

/** A task as it is posted: small bytes without the buffer that they share with others, large ones without a copy. */
function messageOf(task: EvaluationTask): [EvaluationTask, ArrayBuffer[]] {
  if (!("bytes" in task)) return [task, []];
  const { bytes } = task;
  if (bytes.length < COPIED_BYTES) return [{ ...task, bytes: new Uint8Array(bytes) }, []];
  return [task, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : []];
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
