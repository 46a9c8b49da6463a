import type { MetricValue } from "../../protocol/snapshot.js";

/** A time (epoch ms) and the value that began to hold then; `null` where there was none. */
export type PastValue = readonly [at: number, value: MetricValue];

/** What is known of a metric's past. */
export interface PastValues {
  /**
   * @param from epoch ms
   * @param to epoch ms
   * @returns in the order of time; none where nothing was kept
   */
  query(metric: string, from: number, to: number): Promise<readonly PastValue[]>;
}
