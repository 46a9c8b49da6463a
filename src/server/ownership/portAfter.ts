import type { RemoteFolder } from "./remoteFolder.js";

/**
 * The port to begin with for who takes over a stream: that of the one before, where its clients look for it, else the one
 * wished for.
 */
export function portAfter(before: RemoteFolder | null, wished: number): number {
  const url = before?.address.value.url ?? null;
  return url === null ? wished : Number(new URL(url).port);
}
