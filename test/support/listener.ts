import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";

const LISTENING = "0A";

/** The id of the process that listens on a port of this machine; `null` where none does. On Linux alone. */
export function listenerOf(port: number): number | null {
  const socket = socketOf(port);
  if (socket === null) return null;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.find((each) => handlesOf(each).includes(`socket:[${socket}]`));
  return pid === undefined ? null : Number(pid);
}

/** Whether a program on this machine answers on a port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, "127.0.0.1");
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}

/** The inode of the socket that listens on a port. */
function socketOf(port: number): string | null {
  const address = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, local = "", , state, , , , , , inode = null] = line.trim().split(/\s+/);
    if (local.endsWith(address) && state === LISTENING) return inode;
  }
  return null;
}

function handlesOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((handle) => readlinkSync(`/proc/${pid}/fd/${handle}`));
  } catch {
    // It ended meanwhile, or is another account's.
    return [];
  }
}
