/** The built-in data files. */
import { readChatActivity } from "./chatActivity.js";
import { contentDigest } from "./contentDigest.js";
import { readDriveSyncLog } from "./driveSyncLog.js";
import type { FolderReader, GuardedFile } from "./folderReader.js";
import { builtInOrigin } from "./jsonFields.js";
import { parseMemoIndex } from "./memoIndex.js";
import { parseProjectProgress } from "./projectProgress.js";
import { parseRecommendations } from "./recommendations.js";
import { parseRevenueSnapshot } from "./revenueSnapshot.js";
import type { Reading, SourceDefinition } from "./source.js";
import { SourceError } from "./sourceError.js";
import { decodeText } from "./textEncoding.js";

/** Larger JSON is refused: to parse it would hold up the editor for longer than a moment. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;

const DATA_FOLDERS = ["data", "server/data", "."];
const LOG_FOLDERS = [...DATA_FOLDERS, "Emma_KnowledgeBase/Logs", "server/Emma_KnowledgeBase/Logs"];

const memoIndexFile: SourceDefinition = {
  ...jsonFile("memo_index.json", async (text) => {
    const { total, ...found } = await parseMemoIndex(text);
    return { metrics: { memos: { value: total, ...found } } };
  }),
  metrics: { memos: { label: "Memos", format: "number", unit: null, icon: "note" } },
};

export const revenueSnapshotFile: SourceDefinition = {
  ...jsonFile("revenue_snapshot.json", async (text) => {
    const { mrr, currency, ...found } = await parseRevenueSnapshot(text);
    return { metrics: { revenue: { value: mrr, unit: currency, ...found } } };
  }),
  metrics: { revenue: { label: "MRR", format: "currency", unit: "USD", icon: "credit-card" } },
};

export const driveSyncLogFile: SourceDefinition = {
  name: "drive_sync.log",
  candidates: inFolders(LOG_FOLDERS, "drive_sync.log"),
  appendOnly: true,
  optional: false,
  metrics: {
    driveSync: {
      label: "Drive sync",
      format: "text",
      unit: null,
      icon: "cloud",
      origin: builtInOrigin("newestStatus", []),
    },
  },
  read: readDriveSyncLog,
};

const recommendationsFile: SourceDefinition = {
  ...jsonFile("ERIC_recommendations.json", async (text) => {
    const recommendations = await parseRecommendations(text);
    return { metrics: { recommendations: { value: recommendations.length, line: null } }, recommendations };
  }),
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

const projectProgressFile: SourceDefinition = {
  ...jsonFile("project_progress.json", async (text) => {
    const { progress, line } = await parseProjectProgress(text);
    return { metrics: { projectProgress: { value: progress, line } } };
  }),
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

const chatActivityFile: SourceDefinition = {
  name: "chat_activity.jsonl",
  candidates: inFolders(DATA_FOLDERS, "chat_activity.jsonl"),
  appendOnly: true,
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
  read: readChatActivity,
};

export const DATA_FILES: readonly SourceDefinition[] = [
  memoIndexFile,
  revenueSnapshotFile,
  driveSyncLogFile,
  recommendationsFile,
  projectProgressFile,
  chatActivityFile,
];

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

function jsonFile(
  name: string,
  parse: (text: string) => Promise<Pick<Reading, "metrics" | "recommendations">>,
): Omit<SourceDefinition, "metrics"> {
  return {
    name,
    candidates: inFolders(DATA_FOLDERS, name),
    appendOnly: false,
    optional: false,
    async read(file: GuardedFile) {
      if (file.size > MAX_JSON_BYTES) {
        const megabytes = (file.size / 1024 / 1024).toFixed(1);
        throw new SourceError(
          `the file has ${megabytes} MB, more than the 4 MB that are read. Make it smaller.`,
        );
      }
      const bytes = await file.read(0, file.size);
      return { ...(await parse(decodeText(bytes))), content: contentDigest(bytes), recheckInMs: null };
    },
  };
}

function inFolders(folders: readonly string[], name: string): string[] {
  return folders.map((folder) => (folder === "." ? name : `${folder}/${name}`));
}
