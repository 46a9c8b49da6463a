import { posix } from "node:path";
import { Deadline } from "../deadline.js";
import type { FolderListing, FolderReader } from "./folderReader.js";
import { MeasuredSource } from "./measuredSource.js";
import { inSlices } from "./slices.js";
import type { LastRead, MetricShape, Source, SourceResult } from "./source.js";

/** A folder that gives no answer in this time (ms), on a network drive say, is left to answer later. */
const deadline = new Deadline(10_000);

/** Counts the files that match a glob. */
export class GlobSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional = false;
  folders: readonly string[] = [];
  private readonly measured: MeasuredSource;

  constructor(reader: FolderReader, id: string, glob: string, shape: MetricShape, scale = 1) {
    let pattern: ReturnType<typeof compile> | null = null;
    this.measured = new MeasuredSource({
      id,
      shape,
      scale,
      name: glob,
      optional: false,
      deadline,
      measure: async () => {
        pattern ??= compile(glob);
        const { base, isGlob, matches } = await pattern;
        const { files, folders } = isGlob ? await reader.list(base) : await listOne(reader, base);
        this.folders = folders;
        let value = 0;
        await inSlices(files, (file) => {
          if (matches(file)) value++;
        });
        return { value, place: base };
      },
    });
    this.metrics = this.measured.metrics;
  }

  get lastRead(): LastRead | null {
    return this.measured.lastRead;
  }

  collect(): Promise<SourceResult> {
    return this.measured.collect();
  }
}

/** The folder where a glob begins, or the one file that it names, and what of it matches. */
async function compile(glob: string) {
  const { default: picomatch } = await import("picomatch");
  const { base, isGlob } = picomatch.scan(glob);
  return { base: base || ".", isGlob, matches: picomatch(glob) };
}

/** A file alone: what else is in its folder may be very much. */
async function listOne(reader: FolderReader, file: string): Promise<FolderListing> {
  const state = await reader.look(file);
  return { files: state === null ? [] : [file], folders: [posix.dirname(file)] };
}
