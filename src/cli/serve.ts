import { once } from "node:events";
import { folderId } from "../core/folderId.js";
import { logLine } from "../core/logLine.js";
import { stateFolder } from "../core/stateFolder.js";
import { meetingPlace } from "../server/ownership/place.js";
import type { RemoteFolder } from "../server/ownership/remoteFolder.js";
import { type Role, Seat } from "../server/ownership/seat.js";
import type { ServeArguments } from "./arguments.js";
import { servedKey } from "./folderTokens.js";
import { OwnStream } from "./ownStream.js";
import { servedFolder } from "./servedFolder.js";

/** By this long (ms) after the start all that a start needs is compiled, and nobody waits any more. */
const KEEP_COMPILED_MS = 2_000;

/** The process ends this long (ms) after it was told to, whatever is still under way. */
const STOP_DEADLINE_MS = 1_800;

/**
 * Serves a folder's stream until the process is told to stop. Where another process has the stream already, that one
 * serves it, and this one takes its place when it ends.
 * @param keepCompiled called a while after the start
 * @throws CommandError where there is no such folder, its tokens cannot be read, or nothing can be listened on
 */
export async function serve(wanted: ServeArguments, keepCompiled: () => Promise<void>): Promise<void> {
  const told = toldToStop();
  // Whoever read the address may be done with reading; the stream goes on.
  process.stdout.on("error", () => undefined);
  const folder = servedFolder(wanted.folder);
  // Read while the place is being claimed.
  const key = servedKey(folder);
  let own = null as OwnStream | null;
  let begun = (_: OwnStream) => {};
  const owned = new Promise<OwnStream>((resolve) => {
    begun = resolve;
  });
  const seat = new Seat({
    place: meetingPlace(stateFolder(), folderId(folder)),
    key: () => key,
    purpose: "process",
    welcome: (connection) => void owned.then(({ desk }) => desk.take(connection)),
    onRole: (role) => {
      if (role.kind === "waiting") log(`⚠️ ${role.reason}`);
      else if (role.kind === "client") announceOther(role.remote, folder);
      else {
        if (role.kind === "alone") log(`⚠️ Other processes cannot find this one: ${role.reason}`);
        void key.then((known) => {
          own = new OwnStream({ ...wanted, folder, key: known, before: beforeOf(role), log });
          begun(own);
        }, KEYLESS);
      }
    },
  });
  setTimeout(keepCompiled, KEEP_COMPILED_MS).unref();
  try {
    const serving = key.then(() => owned).then((stream) => announced(stream, folder, wanted, told));
    await Promise.race([told, serving]);
    setTimeout(endNow, STOP_DEADLINE_MS).unref();
  } finally {
    await own?.dispose();
    await seat.leave();
  }
}

/** Ends the process, which has been cleaned up, or will not be. */
function endNow(): void {
  // An exit waits for every call to the file system, and one to a drive that is gone never ends.
  const isStuck = process.getActiveResourcesInfo().some((resource) => resource.startsWith("FSReq"));
  if (isStuck) process.kill(process.pid, "SIGKILL");
  else process.exit();
}

/** Without the key nothing begins, and the command itself says why. */
const KEYLESS = () => undefined;

function beforeOf(role: Role): RemoteFolder | null {
  return role.kind === "owner" ? role.before : null;
}

/** Settles when the process is told to stop; rejects where nothing can be listened on. */
async function announced(
  stream: OwnStream,
  folder: string,
  wanted: ServeArguments,
  told: Promise<void>,
): Promise<void> {
  await stream.server();
  announce(stream, folder, wanted);
  await told;
}

/** Says where to connect and how; the address stands alone on its line, for programs that read it. */
function announce({ address }: OwnStream, folder: string, { authentication }: ServeArguments): void {
  if (authentication === "none") {
    log("⚠️ NO AUTHENTICATION: every program on this machine can read this stream and control it.");
  } else {
    log(`🔑 Clients need a token: fusion-stream token "${folder}"`);
  }
  const { url } = address.value;
  if (url === null) return;
  log(url);
}

/** Says where another process serves the stream, now and when that changes. */
function announceOther({ address, responsive }: RemoteFolder, folder: string): void {
  log("🔗 Another process has the stream of this folder. This one takes over when that ends.");
  log(`🔑 Clients need a token: fusion-stream token "${folder}"`);
  let told: string | null = null;
  const tell = () => {
    const { url } = address.value;
    if (url !== null && url !== told) log(url);
    told = url;
  };
  tell();
  address.onChange(tell);
  responsive.onChange((answers) => {
    log(answers ? "🔗 It answers again." : "⚠️ It does not answer. It has the stream until it ends.");
  });
}

function log(line: string): void {
  process.stdout.write(`${logLine(line)}\n`);
}

/** Settles at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once. */
async function toldToStop(): Promise<void> {
  await Promise.race((["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => once(process, signal)));
}
