import type { FileState } from "./folderReader.js";
import { SourceError } from "./sourceError.js";

/** Larger files are refused: to hold them would take more memory than a dashboard is worth. */
const MAX_BYTES = 64 * 1024 * 1024;

/** @throws SourceError where a file is too large to be read as a whole */
export function refuseLarge({ size }: FileState): void {
  if (size <= MAX_BYTES) return;
  const megabytes = Math.ceil(size / 1024 / 1024);
  throw new SourceError(`the file has ${megabytes} MB, more than the 64 MB that are read. Make it smaller.`);
}
