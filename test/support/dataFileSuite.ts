import * as dataFiles from "../../src/core/sources/dataFiles.js";
import { Evaluator } from "../../src/core/sources/evaluator.js";
import { FileSource } from "../../src/core/sources/fileSource.js";
import { GuardedReader } from "../../src/core/sources/guardedReader.js";
import type { SourceDefinition } from "../../src/core/sources/source.js";
import { WORKER_SCRIPT } from "./folderStream.js";
import { TemporaryFolder } from "./temporaryFolder.js";

/** Gives a suite's tests a folder each, and sources that read built-in data files of it. */
export function useDataFiles() {
  const evaluator = new Evaluator(WORKER_SCRIPT);
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());
  after(() => evaluator.dispose());

  return {
    revenueSnapshotFile: dataFiles.dataFile(dataFiles.revenueSnapshotFile, evaluator),
    driveSyncLogFile: dataFiles.dataFile(dataFiles.driveSyncLogFile, evaluator),
    chatActivityFile: dataFiles.dataFile(dataFiles.chatActivityFile, evaluator),

    get folder(): TemporaryFolder {
      return folder;
    },

    sourceOf(definition: SourceDefinition): FileSource {
      return new FileSource(new GuardedReader(folder.path), definition);
    },

    /** The state of a source of one metric, after a collection. */
    async stateOf(source: FileSource) {
      const { state } = await source.collect();
      const metric = Object.values(state.reading?.metrics ?? {})[0];
      return { status: state.status, value: metric?.value ?? null, error: state.error };
    },
  };
}
