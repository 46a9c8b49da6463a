import { createHash } from "node:crypto";

/** Names what is kept for a folder (its real path), and tells nothing of the path. */
export function folderId(folder: string): string {
  return createHash("sha256").update(folder).digest("hex");
}
