import type { Commit, HistoryQuery, HistoryRange, HistorySeries } from "../protocol/history.js";

/** What the server needs of the followed folder's history. */
export interface HistoryPort {
  /** Rejects where the storage fails. */
  query(query: HistoryQuery): Promise<HistorySeries>;
  /** Ids of all metrics that anything is kept of. */
  metrics(): Promise<readonly string[]>;
  /** The newest commits of a range, newest first; none where there is no repository to ask. */
  commits(range: HistoryRange): Promise<readonly Commit[]>;
}
