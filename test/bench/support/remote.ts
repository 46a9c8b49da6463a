import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** What a process can be asked, by name: functions of plain data. */
// biome-ignore lint/suspicious/noExplicitAny: each function has its own argument.
type Requests = Record<string, (argument: any) => unknown>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** What takes longer (ms) to answer will not. */
const DEADLINE_MS = 120_000;

/** A process of a benchmark, asked over Node's own channel. `R` is what its script hands to `answer`. */
export class Remote<R extends Requests> {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private asked = 0;

  /** @param script path below the benchmarks' folder, without its extension */
  constructor(script: string) {
    this.child = fork(resolve("out/test/bench", `${script}.js`), { execArgv: [] });
    this.child.on("message", (answer: Answer) => {
      const pending = this.pending.get(answer.id);
      this.pending.delete(answer.id);
      if ("error" in answer) pending?.reject(new Error(answer.error));
      else pending?.resolve(answer.value);
    });
    this.child.once("exit", (code) => {
      for (const { reject } of this.pending.values()) reject(new Error(`${script} ended with ${code}`));
    });
  }

  async ask<N extends keyof R & string>(
    name: N,
    ...[argument]: Parameters<R[N]>
  ): Promise<Awaited<ReturnType<R[N]>>> {
    const id = ++this.asked;
    const question: Question = { id, name, argument };
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        this.pending.set(id, { resolve: (value) => resolve(value as never), reject });
        timer = setTimeout(() => reject(new Error(`"${name}" got no answer`)), DEADLINE_MS);
        this.child.send(question);
      });
    } finally {
      clearTimeout(timer);
      this.pending.delete(id);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

/** A process of which the CPU time is measured. */
export type Metered = Pick<Remote<{ cpuMs: () => number }>, "ask">;

/** Answers what the benchmark asks this process; it ends with the benchmark. */
export function answer(requests: Requests): void {
  process.once("disconnect", () => process.exit());
  process.on("message", async ({ id, name, argument }: Question) => {
    try {
      process.send?.({ id, value: await requests[name]?.(argument) });
    } catch (error) {
      process.send?.({ id, error: `${name}: ${String(error)}` });
    }
  });
}
