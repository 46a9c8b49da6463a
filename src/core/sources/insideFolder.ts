import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is a folder's or lies below it; both real, so that no link stands between. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
