import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";

/** Where the kernel lets nobody write, the administrator included: Linux's, macOS's. */
const KERNELS_OWN = ["/sys", "/System"];

/** How long (ms) a disk may take to be mounted, or to be let go of. */
const MOUNT_MS = 20_000;

/** A folder that nothing can be written in, until `allow` is called. */
export interface ForbiddenFolder {
  allow(): void;
  /** Leaves the folder to whoever removes it. */
  dispose(): void;
}

/**
 * Makes a folder that this process has no right to write in. The process keeps the rights it has: without them it could not
 * even write down how its tests went. To the administrator, whom no mode stops, the folder is a link to one of the kernel's.
 */
export function withoutRights(path: string): ForbiddenFolder {
  mkdirSync(path, { mode: 0o555 });
  if (!isWritable(path))
    return { allow: () => chmodSync(path, 0o755), dispose: () => chmodSync(path, 0o755) };
  const target = KERNELS_OWN.find((folder) => existsSync(folder) && !isWritable(folder));
  if (target === undefined)
    throw new Error("There is no folder here that the administrator may not write in");
  rmdirSync(path);
  symlinkSync(target, path);
  return {
    allow: () => {
      unlinkSync(path);
      // Whoever waits for the folder may be the first to make it.
      mkdirSync(path, { recursive: true });
    },
    dispose: () => undefined,
  };
}

/** A read-only disk as a folder; `null` where none can be mounted, which takes rights that not every machine gives. */
export function readOnlyDisk(path: string): ForbiddenFolder | null {
  mkdirSync(path);
  try {
    run("mount", "-t", "tmpfs", "-o", "ro,size=8m", "tmpfs", path);
  } catch {
    rmdirSync(path);
    return null;
  }
  return { allow: () => run("mount", "-o", "remount,rw", path), dispose: () => run("umount", path) };
}

/** Tries it: of the kernel's folders their mode says something else. */
function isWritable(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, "fusion-")));
    return true;
  } catch {
    return false;
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: "ignore", timeout: MOUNT_MS });
}
