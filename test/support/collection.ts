import type { Collection } from "../../src/core/collector.js";
import type { FolderSource } from "../../src/core/folderSource.js";
import { waitFor } from "./waitFor.js";

/** Less than a folder waits (ms) for a slow source, or for fusion.json, before it goes on with what it had. */
const WITHOUT_LATE_SOURCES_MS = 200;

/** A collection in which nothing was late, as may be on a busy machine; changed if one on the way to it was. */
export async function collected(source: FolderSource): Promise<Collection> {
  let changed = false;
  const collection = await waitFor(
    async () => {
      const begun = performance.now();
      const next = await source.collect();
      changed ||= next.changed;
      return performance.now() - begun < WITHOUT_LATE_SOURCES_MS && next;
    },
    { interval: 0, message: "a collection without late sources" },
  );
  return { ...collection, changed };
}
