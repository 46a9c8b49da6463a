/** How the built-in data files are read. */
import { readChatActivity } from "./chatActivity.js";
import { contentDigest } from "./contentDigest.js";
import { readDriveSyncLog } from "./driveSyncLog.js";
import type { DataTask, JsonReading, LogReading } from "./evaluation.js";
import { type LogTail, tailLines } from "./logTail.js";
import { parseMemoIndex } from "./memoIndex.js";
import { parseProjectProgress } from "./projectProgress.js";
import { parseRecommendations } from "./recommendations.js";
import { parseRevenueSnapshot } from "./revenueSnapshot.js";
import type { Reading } from "./source.js";
import { decodeText } from "./textEncoding.js";

/**
 * What the bytes of a data file say; `null` where that much of a log's end is not enough.
 * @throws SourceError where they hold no good value
 */
export async function readData(task: DataTask): Promise<Reading | null> {
  const { bytes } = task;
  if (task.tail !== null) return LOGS[task.reading](tailLines(bytes, task.tail));
  const read = await JSON_FILES[task.reading](decodeText(bytes));
  return { ...read, content: contentDigest(bytes), recheckInMs: null };
}

const LOGS: Readonly<Record<LogReading, (tail: LogTail) => Reading | null>> = {
  driveSyncLog: readDriveSyncLog,
  chatActivity: readChatActivity,
};

type JsonFile = (text: string) => Promise<Pick<Reading, "metrics" | "recommendations">>;

const JSON_FILES: Readonly<Record<JsonReading, JsonFile>> = {
  async memoIndex(text) {
    const { total, ...found } = await parseMemoIndex(text);
    return { metrics: { memos: { value: total, ...found } } };
  },
  async revenueSnapshot(text) {
    const { mrr, currency, ...found } = await parseRevenueSnapshot(text);
    return { metrics: { revenue: { value: mrr, unit: currency, ...found } } };
  },
  async recommendations(text) {
    const { count, listed } = await parseRecommendations(text);
    return { metrics: { recommendations: { value: count, line: null } }, recommendations: listed };
  },
  async projectProgress(text) {
    const { progress, line } = await parseProjectProgress(text);
    return { metrics: { projectProgress: { value: progress, line } } };
  },
};
