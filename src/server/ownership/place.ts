import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its end included. */
const MAX_PATH_BYTES = 103;

/** Where the processes of one account meet over a folder. */
export interface MeetingPlace {
  /** The private folder of the sockets; `null` where the system has named pipes instead. */
  readonly folder: string | null;
  /** The address of a generation of owners, counted from 1. */
  address(generation: number): string;
  /** The generations that are there, or have been left there by a process that ended, newest first. */
  generations(): readonly number[];
}

/**
 * @param state absolute path of the folder for lasting state: who keeps it elsewhere has another stream
 * @param id names the folder that is followed
 */
export function meetingPlace(
  state: string,
  id: string,
  platform: NodeJS.Platform = process.platform,
): MeetingPlace {
  const name = createHash("sha256").update(`${state}\n${id}`).digest("hex");
  if (platform === "win32") {
    // A pipe's name is free the moment its process ends: there is one generation.
    const pipe = `\\\\.\\pipe\\fusion-stream-${name}`;
    return { folder: null, address: () => pipe, generations: () => [] };
  }
  const prefix = name.slice(0, 16);
  const folder = socketFolder(join(state, "run"), prefix);
  return {
    folder,
    address: (generation) => join(folder, `${prefix}-${generation}`),
    generations: () => {
      const found = readdirSync(folder).flatMap((file) => {
        const [, generation] = new RegExp(`^${prefix}-(\\d{1,15})$`).exec(file) ?? [];
        return generation === undefined ? [] : [Number(generation)];
      });
      return found.sort((a, b) => b - a);
    },
  };
}

/** The folder wished for, or a short one of this account's where a socket's path would not fit. */
function socketFolder(wished: string, prefix: string): string {
  const longest = join(wished, `${prefix}-${"9".repeat(8)}`);
  if (Buffer.byteLength(longest) <= MAX_PATH_BYTES) return wished;
  return `/tmp/fusion-stream-${process.getuid?.() ?? "user"}`;
}
