import { readdirSync, readFileSync } from "node:fs";
import type { ServingCli } from "./cli.js";
import { parsePrometheus } from "./prometheusText.js";
import { send } from "./servedStream.js";
import { waitFor } from "./waitFor.js";

const MEGABYTE = 1024 * 1024;

/** What a process holds at a time. */
export interface ProcessSample {
  /** Of those looked at since the sample before, the smallest: the one with the least garbage. */
  readonly heapMB: number;
  readonly rssMB: number;
  readonly handles: number;
  readonly threads: number;
  /** Milliseconds, of the last emissions. */
  readonly loopDelayP95: number;
}

/** Looks at a headless server from outside; on Linux alone. */
export class ServerSampler {
  private heap = Number.POSITIVE_INFINITY;
  private loopDelay = Number.NaN;

  constructor(
    private readonly serving: ServingCli,
    private readonly token: string,
  ) {}

  async lookAtHeap(): Promise<void> {
    const samples = parsePrometheus((await this.ask("/metrics")).text);
    const figure = (name: string, quantile?: string) =>
      samples.find((each) => each.name === name && each.labels.quantile === quantile)?.value ?? Number.NaN;
    this.heap = Math.min(this.heap, figure("fusion_heap_bytes") / MEGABYTE);
    this.loopDelay = figure("fusion_event_loop_delay_seconds", "0.95") * 1_000;
  }

  /** To be taken when all passing clients have left: waits until the server has noticed. */
  async sample(): Promise<ProcessSample> {
    await waitFor(async () => (await this.clients()) === 1, { message: "passing clients to be forgotten" });
    const { pid } = this.serving;
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const told = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
    const sample: ProcessSample = {
      heapMB: round(this.heap),
      rssMB: round(told("VmRSS") / 1024),
      handles: readdirSync(`/proc/${pid}/fd`).length,
      threads: told("Threads"),
      loopDelayP95: round(this.loopDelay),
    };
    this.heap = Number.POSITIVE_INFINITY;
    return sample;
  }

  private async clients(): Promise<number> {
    const { json } = await this.ask("/api/fusion/emitter/health");
    return Number((json.metrics as { connectedClients: number }).connectedClients);
  }

  private async ask(path: string) {
    const headers = { Authorization: `Bearer ${this.token}` };
    const answer = await send({ port: this.serving.port, path, headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
