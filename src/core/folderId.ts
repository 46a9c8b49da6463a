import { createHash } from "node:crypto";

/**
 * Names what is kept for a folder, the same in every process, and tells nothing of where it is.
 * @param folder real path of a folder on the disk, or the address of any other
 */
export function folderId(folder: string): string {
  return createHash("sha256").update(folder).digest("hex");
}
