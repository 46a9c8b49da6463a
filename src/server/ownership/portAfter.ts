import type { RemoteFolder } from "./remoteFolder.js";

/**
 * The port to begin with for who takes over a stream: that of the one before, where its clients look for it, else the one
 * wished for.
 */
export function portAfter(before: Pick<RemoteFolder, "address"> | null, wished: number): number {
  const url = before?.address.value.url ?? null;
  // An address leaves out the port of HTTP.
  return url === null ? wished : Number(new URL(url).port || 80);
}
