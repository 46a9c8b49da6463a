import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary copy of the sample workspace, to open and to change. */
export interface SampleWorkspace {
  folder: string;
  remove(): Promise<void>;
}

export async function sampleWorkspace(): Promise<SampleWorkspace> {
  // The system's temporary folder may be a link, and the editor shows real paths.
  const root = await realpath(await mkdtemp(join(tmpdir(), "fusion-sample-")));
  const folder = join(root, "data");
  await cp("data", folder, { recursive: true });
  return { folder, remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }) };
}
