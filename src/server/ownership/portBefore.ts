import type { RemoteFolder } from "./remoteFolder.js";

/** The port of who had a stream before, where its clients look for it; `null` where nothing listened. */
export function portBefore(before: Pick<RemoteFolder, "address"> | null): number | null {
  const url = before?.address.value.url ?? null;
  // An address leaves out the port of HTTP.
  return url === null ? null : Number(new URL(url).port || 80);
}
