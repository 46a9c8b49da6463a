import { posix } from "node:path";
import type { FolderListing } from "./folderReader.js";
import { inSlices } from "./slices.js";
import { SourceError } from "./sourceError.js";

/** An entry of a folder; a link is none of the two kinds. */
interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
}

const MAX_LISTED = 100_000;
/** From either end of the names beside a log: it depends on their numbers or dates where the newest are. */
const MAX_SIBLINGS = 1_000;
const TOOL_FOLDERS: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Every file and folder below a folder, with itself; folders of tools are left out.
 * @param entriesOf the entries of a folder; none where it cannot be read
 * @throws SourceError where there are too many
 */
export async function listFolder(
  folder: string,
  entriesOf: (folder: string) => Promise<readonly FolderEntry[]>,
): Promise<FolderListing> {
  const files: string[] = [];
  const folders: string[] = [];
  const pending = [posix.normalize(folder)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    folders.push(next);
    // To join each name anew takes as long as all the rest.
    const prefix = next === "." ? "" : `${next}/`;
    await inSlices(await entriesOf(next), ({ name, kind }) => {
      if (kind === "file") files.push(prefix + name);
      else if (kind === "folder" && !TOOL_FOLDERS.has(name)) pending.push(prefix + name);
    });
    if (files.length > MAX_LISTED) {
      throw new SourceError(`there are more than ${MAX_LISTED} files here. Name a folder with fewer.`);
    }
  }
  return { files, folders };
}

/** Which of the names in a file's folder a rotation may have given to it, as paths. */
export function rotatedFiles(file: string, names: readonly string[]): string[] {
  const { dir, name, base } = posix.parse(file);
  const siblings = names
    .filter((entry) => entry !== base && entry.startsWith(name) && !isBackup(entry))
    .sort();
  const outermost = new Set([...siblings.slice(0, MAX_SIBLINGS), ...siblings.slice(-MAX_SIBLINGS)]);
  return [...outermost].map((entry) => posix.join(dir, entry));
}

/** Whether an editor keeps under this name what it wrote anew: the new file may have all its lines too. */
function isBackup(name: string): boolean {
  return name.endsWith("~");
}
