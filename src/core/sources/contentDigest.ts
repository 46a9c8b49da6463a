import { createHash } from "node:crypto";

/** A short text that differs where the content does. */
export function contentDigest(content: Uint8Array | string): string {
  return createHash("sha1").update(content).digest("base64");
}
