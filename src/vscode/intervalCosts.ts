/** What an interval costs an hour, with the server and one client on the sample folder. */
export interface IntervalCost {
  readonly minutes: number;
  readonly emissions: number;
  /** Of one core. */
  readonly cpuSeconds: number;
  /** Of the whole process, without VS Code around it. */
  readonly memoryMegabytes: number;
}

/** Measured; written by `npm run bench -- intervals --write`. */
export const INTERVAL_COSTS: readonly IntervalCost[] = [
  { minutes: 3, emissions: 20, cpuSeconds: 0.61, memoryMegabytes: 93 },
  { minutes: 5, emissions: 12, cpuSeconds: 0.56, memoryMegabytes: 95 },
  { minutes: 10, emissions: 6, cpuSeconds: 0.46, memoryMegabytes: 94 },
];
