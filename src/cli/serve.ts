import { once } from "node:events";
import { join } from "node:path";
import { StreamAlerts } from "../core/alerts/streamAlerts.js";
import { systemClock } from "../core/clock.js";
import { FolderSource } from "../core/folderSource.js";
import { FollowedHistory } from "../core/history/followedHistory.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import { diskFolder } from "../core/sources/folder.js";
import { FusionStream } from "../core/stream.js";
import { DEFAULT_RETENTION_DAYS } from "../protocol/history.js";
import type { FusionServer, startFusionServer as StartFusionServer } from "../server/fusionServer.js";
import type { TokenStorage } from "../server/tokenStorage.js";
import type { ServeArguments } from "./arguments.js";
import { CommandError } from "./commandError.js";
import { configLines } from "./configLines.js";
import { folderId } from "./folderId.js";
import { folderTokens, tokenTrouble } from "./folderTokens.js";
import { githubFromEnvironment } from "./githubFromEnvironment.js";
import { servedFolder } from "./servedFolder.js";
import { stateFolder } from "./stateFolder.js";

/** Where the bundles are, of which this is one in a folder below. */
const DIST = join(__dirname, "..");

/** Pages of these origins may connect, as in VS Code by default. */
export const ALLOWED_ORIGINS = ["http://localhost:3000", "http://localhost:3001", "http://localhost:4000"];

/** By this long (ms) after the start all that a start needs is compiled, and nobody waits any more. */
const KEEP_COMPILED_MS = 2_000;

/** The process ends this long (ms) after it was told to, whatever is still under way. */
const STOP_DEADLINE_MS = 1_800;

/**
 * Serves a folder's stream until the process is told to stop.
 * @param keepCompiled called a while after the start
 * @throws CommandError where there is no such folder, its tokens cannot be read, or nothing can be listened on
 */
export async function serve(wanted: ServeArguments, keepCompiled: () => Promise<void>): Promise<void> {
  const told = toldToStop();
  // Whoever read the address may be done with reading; the stream goes on.
  process.stdout.on("error", () => undefined);
  const folder = await servedFolder(wanted.folder);
  const tokens = folderTokens(stateFolder(), folder);
  // Where the keys cannot be read, nothing begins.
  const [{ startFusionServer }] = await Promise.all([
    import("../server/fusionServer.js"),
    tokens.ledger.read(),
  ]);
  const stream = new FusionStream({ clock: systemClock, log, intervalMinutes: wanted.intervalMinutes });
  const alerts = new StreamAlerts({
    stream,
    clock: systemClock,
    storage: stateFolder(),
    onListenerError: (error) => log(`❌ ${String(error)}`),
  });
  const history = new FollowedHistory({
    stream,
    clock: systemClock,
    workerScript: join(DIST, "core", "history", "historyWorker.js"),
    retentionDays: () => DEFAULT_RETENTION_DAYS,
    log,
  });
  try {
    history.follow({ file: stateFile(folder, "history", "sqlite"), repository: folder });
    stream.follow(folderSource(folder, alerts));
    const server = await startServer(startFusionServer, { stream, alerts, history, tokens }, wanted);
    announce(server, folder, wanted);
    setTimeout(keepCompiled, KEEP_COMPILED_MS).unref();
    await told;
    setTimeout(() => process.exit(), STOP_DEADLINE_MS).unref();
    await Promise.all([server.dispose(), history.dispose()]);
  } finally {
    stream.dispose();
    alerts.dispose();
    await history.dispose();
  }
  await alerts.flushed();
}

/** The path of a file that is kept for a folder. */
function stateFile(folder: string, content: string, extension: string): string {
  return join(stateFolder(), `${content}-${folderId(folder)}.${extension}`);
}

function folderSource(folder: string, alerts: StreamAlerts): FolderSource {
  const monitor = alerts.follow(folderId(folder), true);
  return new FolderSource({
    folder: diskFolder(folder),
    clock: systemClock,
    trusted: true,
    workerScript: join(DIST, "core", "sources", "evaluationWorker.js"),
    checkpoints: new CheckpointFile(stateFile(folder, "checkpoints", "json")),
    github: githubFromEnvironment(process.env),
    onConfig: ({ config, document }) => {
      configLines(document?.problems ?? []).forEach(log);
      monitor.define(config.alerts);
    },
  });
}

interface Served {
  readonly stream: FusionStream;
  readonly alerts: StreamAlerts;
  readonly history: FollowedHistory;
  readonly tokens: TokenStorage;
}

async function startServer(
  start: typeof StartFusionServer,
  served: Served,
  { port, authentication }: ServeArguments,
) {
  try {
    return await start({
      ...served,
      port,
      allowedOrigins: () => ALLOWED_ORIGINS,
      listen: true,
      authentication,
      log,
    });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The server could not start: ${tokenTrouble(error) ?? String(error)}`);
  }
}

/** Says where to connect and how; the address stands alone on its line, for programs that read it. */
function announce({ address }: FusionServer, folder: string, { authentication }: ServeArguments): void {
  if (authentication === "none") {
    log("⚠️ NO AUTHENTICATION: every program on this machine can read this stream and control it.");
  } else {
    log(`🔑 Clients need a token: fusion-stream token "${folder}"`);
  }
  if (address === null) return;
  log(address.url);
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Settles at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once. */
async function toldToStop(): Promise<void> {
  await Promise.race((["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => once(process, signal)));
}
