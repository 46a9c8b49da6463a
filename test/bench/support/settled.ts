import { setTimeout as delay } from "node:timers/promises";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { waitFor } from "../../support/waitFor.js";

/** By then (ms) the file system's stamps tell a further write apart. */
const STAMPS_REST_MS = 300;
const TIMEOUT_MS = 60_000;

/** Collects until all these metrics are there and the files count as unchanged. */
export async function settle(source: FolderSource, metrics: readonly string[]): Promise<void> {
  const collect = async () => {
    const { snapshot } = await source.collect();
    const missing = metrics.find((id) => !snapshot.metrics[id]?.available);
    if (missing !== undefined) {
      throw new Error(`${missing}: ${snapshot.metrics[missing]?.error ?? "it is not in the snapshot"}`);
    }
    return true;
  };
  await waitFor(collect, { timeout: TIMEOUT_MS, message: "the first values" });
  await delay(STAMPS_REST_MS);
  await collect();
  await collect();
}
