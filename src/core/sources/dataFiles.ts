/** The built-in data files. */
import type { JsonReading, LogReading } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import { refuseLarge } from "./fileSize.js";
import type { FolderReader, GuardedFile } from "./folderReader.js";
import { builtInOrigin } from "./jsonFields.js";
import { LineRest } from "./lineRest.js";
import type { Reading, SourceDefinition } from "./source.js";
import { SourceError } from "./sourceError.js";
import { detectEncoding, ENCODING_SAMPLE_BYTES } from "./textEncoding.js";

const DATA_FOLDERS = ["data", "server/data", "."];
const LOG_FOLDERS = [...DATA_FOLDERS, "Emma_KnowledgeBase/Logs", "server/Emma_KnowledgeBase/Logs"];

/** A data file, but for the evaluator that reads it. */
interface DataFile extends Omit<SourceDefinition, "read"> {
  /** @param restMs for how long nobody has written */
  read(file: GuardedFile, evaluator: Evaluator, restMs: number): Promise<Reading>;
}

const memoIndexFile: DataFile = {
  ...jsonFile("memo_index.json", "memoIndex"),
  metrics: { memos: { label: "Memos", format: "number", unit: null, icon: "note" } },
};

export const revenueSnapshotFile: DataFile = {
  ...jsonFile("revenue_snapshot.json", "revenueSnapshot"),
  metrics: { revenue: { label: "MRR", format: "currency", unit: "USD", icon: "credit-card" } },
};

export const driveSyncLogFile: DataFile = {
  // Read further back only until both a status and a successful sync are found.
  ...logFile("drive_sync.log", LOG_FOLDERS, "driveSyncLog", [64 * 1024, 512 * 1024, 4 * 1024 * 1024]),
  metrics: {
    driveSync: {
      label: "Drive sync",
      format: "text",
      unit: null,
      icon: "cloud",
      origin: builtInOrigin("newestStatus", []),
    },
  },
};

const recommendationsFile: DataFile = {
  ...jsonFile("ERIC_recommendations.json", "recommendations"),
  metrics: {
    recommendations: {
      label: "Recommendations",
      format: "number",
      unit: null,
      icon: "lightbulb",
      origin: builtInOrigin("length", []),
    },
  },
};

const projectProgressFile: DataFile = {
  ...jsonFile("project_progress.json", "projectProgress"),
  optional: true,
  metrics: {
    projectProgress: {
      label: "Project progress",
      format: "percent",
      unit: null,
      icon: "tasklist",
      origin: builtInOrigin("meanProgress", ["projects"]),
    },
  },
};

export const chatActivityFile: DataFile = {
  // Read further back only where a day is more than that.
  ...logFile("chat_activity.jsonl", DATA_FOLDERS, "chatActivity", [4 * 1024 * 1024, 64 * 1024 * 1024]),
  optional: true,
  metrics: {
    chatActivity: {
      label: "Chat messages",
      format: "number",
      unit: null,
      icon: "comment-discussion",
      origin: builtInOrigin("messagesInDay", ["timestamp"]),
    },
  },
};

const DATA_FILES: readonly DataFile[] = [
  memoIndexFile,
  revenueSnapshotFile,
  driveSyncLogFile,
  recommendationsFile,
  projectProgressFile,
  chatActivityFile,
];

/** Every data file, read by an evaluator. */
export function dataFiles(evaluator: Evaluator): SourceDefinition[] {
  return DATA_FILES.map((file) => dataFile(file, evaluator));
}

export function dataFile(file: DataFile, evaluator: Evaluator): SourceDefinition {
  const rest = new LineRest();
  return { ...file, read: (opened) => file.read(opened, evaluator, rest.of(opened)) };
}

/** Every path (relative to a workspace folder) at which a data file is looked for. */
export const DATA_FILE_CANDIDATES: readonly string[] = DATA_FILES.flatMap((file) => file.candidates);

/** The paths at which the files are best put, for a folder that has none. */
export const EXPECTED_FILES: readonly string[] = DATA_FILES.filter(({ optional }) => !optional).flatMap(
  ({ candidates }) => candidates.slice(0, 1),
);

/** Whether a folder has any of the data files, readable or not. */
export async function hasDataFiles(reader: FolderReader): Promise<boolean> {
  for (const candidate of DATA_FILE_CANDIDATES) {
    try {
      if ((await reader.look(candidate)) !== null) return true;
    } catch (error) {
      // Something unreadable stands there: the folder has its data here, and the card says what is wrong.
      if (error instanceof SourceError) return true;
      throw error;
    }
  }
  return false;
}

function jsonFile(name: string, reading: JsonReading): Omit<DataFile, "metrics"> {
  return {
    name,
    candidates: inFolders(DATA_FOLDERS, name),
    appendOnly: false,
    optional: false,
    async read(file, evaluator) {
      refuseLarge(file);
      const bytes = await file.read(0, file.size);
      return evaluator.evaluate({ kind: "data", reading, bytes, tail: null });
    },
  };
}

/** @param tails bytes of the log's end that are read, more each time that those before were not enough */
function logFile(
  name: string,
  folders: readonly string[],
  reading: LogReading,
  tails: readonly number[],
): Omit<DataFile, "metrics"> {
  return {
    name,
    candidates: inFolders(folders, name),
    appendOnly: true,
    optional: false,
    async read(file, evaluator, restMs) {
      const encoding = detectEncoding(await file.read(0, ENCODING_SAMPLE_BYTES));
      for (const [index, length] of tails.entries()) {
        const start = Math.max(0, file.size - length);
        // An even position keeps the two bytes of a UTF-16 character together.
        const from = start - (start % 2);
        const bytes = await file.read(from, file.size - from);
        const tail = { encoding, fromStart: from === 0, longest: index === tails.length - 1, restMs };
        const read = await evaluator.evaluate({ kind: "data", reading, bytes, tail });
        if (read !== null) return read;
      }
      throw new SourceError("the log could not be read.", null, true);
    },
  };
}

function inFolders(folders: readonly string[], name: string): string[] {
  return folders.map((folder) => (folder === "." ? name : `${folder}/${name}`));
}
