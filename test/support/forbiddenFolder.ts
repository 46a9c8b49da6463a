import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync } from "node:fs";

/** The account that owns nothing; on most systems it is called nobody. */
const NOBODY = 65_534;

/** A folder that nothing can be written in, until `allow` is called. */
export interface ForbiddenFolder {
  allow(): void;
  /** Gives the process its rights back, and the folder to whoever removes it. */
  dispose(): void;
}

/**
 * Makes a folder that this process has no right to write in. To the administrator nothing is forbidden, so that for the
 * time being the process has the rights of an ordinary account.
 * @param others what is to be that account's own for good
 */
export function withoutRights(path: string, others: readonly string[]): ForbiddenFolder {
  mkdirSync(path, { mode: 0o555 });
  const { geteuid, getegid, seteuid, setegid } = process;
  const group = getegid?.() ?? 0;
  const isAdministrator = geteuid?.() === 0;
  if (isAdministrator) {
    for (const own of [path, ...others]) chownSync(own, NOBODY, NOBODY);
    setegid?.(NOBODY);
    seteuid?.(NOBODY);
  }
  return {
    allow: () => chmodSync(path, 0o755),
    dispose: () => {
      if (isAdministrator) {
        seteuid?.(0);
        setegid?.(group);
      }
      chmodSync(path, 0o755);
    },
  };
}

/** A read-only disk as a folder; `null` where none can be mounted, which takes rights that not every machine gives. */
export function readOnlyDisk(path: string): ForbiddenFolder | null {
  mkdirSync(path);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=8m", "tmpfs", path], { stdio: "ignore" });
  } catch {
    return null;
  }
  return {
    allow: () => execFileSync("mount", ["-o", "remount,rw", path]),
    dispose: () => execFileSync("umount", [path]),
  };
}
