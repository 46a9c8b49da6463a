import type { MetricValue } from "../../protocol/snapshot.js";
import type { Gap } from "../history/span.js";

/** A time (epoch ms) and the value that began to hold then; `null` where there was none. */
export type PastValue = readonly [at: number, value: MetricValue];

/** What is known of a metric over some time. */
export interface Past {
  /** In the order of time; none where nothing was kept. */
  readonly values: readonly PastValue[];
  /** When nobody looked, in the order of time: what then went without data is not known. */
  readonly gaps: readonly Gap[];
}

/** What is known of the metrics' past. */
export interface PastValues {
  /**
   * @param from epoch ms
   * @param to epoch ms
   */
  query(metric: string, from: number, to: number): Promise<Past>;
}
