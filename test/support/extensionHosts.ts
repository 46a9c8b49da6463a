import { readdirSync, readFileSync } from "node:fs";

/** The numbers of the processes that extensions run in, of the VS Code that has this in its environment (Linux). */
export function extensionHosts(name: string, value: string): readonly number[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => read(pid, "cmdline").includes("--type=extensionHost"))
    .filter((pid) => read(pid, "environ").split("\0").includes(`${name}=${value}`))
    .map(Number);
}

/** Empty where the process has ended meanwhile, or is another account's. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
