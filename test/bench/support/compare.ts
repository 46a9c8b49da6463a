import { note, percentile } from "../figures.js";
import { cpuMs, monotonicMs } from "./usage.js";

interface Terms {
  readonly name: string;
  readonly unit: string;
  /** Times the baseline; `null` for what is only told. */
  readonly bound: number | null;
  readonly rounds: number;
}

/** Measures the product and the baseline in turn, so that the machine's other work meets both, and notes the medians. */
export async function compare(
  { name, unit, bound, rounds }: Terms,
  product: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<void> {
  const measured: number[] = [];
  const plain: number[] = [];
  await product();
  await baseline();
  for (let round = 0; round < rounds; round++) {
    // Whoever comes second may find the caches warmer.
    if (round % 2 === 0) measured.push(await product());
    plain.push(await baseline());
    if (round % 2 === 1) measured.push(await product());
  }
  note({ name, unit, value: percentile(measured, 50), baseline: percentile(plain, 50), bound });
}

/** Milliseconds that something takes. */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const begun = monotonicMs();
  await work();
  return monotonicMs() - begun;
}

/** CPU milliseconds of this process that something costs on average of so many times. */
export async function cpuCost(times: number, work: () => Promise<unknown>): Promise<number> {
  const before = cpuMs();
  for (let time = 0; time < times; time++) await work();
  return (cpuMs() - before) / times;
}
