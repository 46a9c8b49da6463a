import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** CPU time (ms) that all threads of this process have used so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Bytes that this process holds, without its garbage. */
export function memoryInUse(): { readonly heap: number; readonly rss: number } {
  collectGarbage();
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

/** Milliseconds on a clock that all processes of this machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What every process of a benchmark can be asked of itself. */
export const usageRequests = {
  cpuMs,
  memoryInUse,
  /** Bytes, the garbage included. */
  rss: () => process.memoryUsage.rss(),
};
