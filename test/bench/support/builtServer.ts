import { resolve } from "node:path";
import type { FusionServer, FusionServerOptions } from "../../../src/server/fusionServer.js";
import type { StreamPort } from "../../../src/server/streamPort.js";
import { memoryTokenStorage } from "../../../src/server/tokenStorage.js";

type ServerModule = typeof import("../../../src/server/fusionServer.js");

/** The server as it is shipped, on a free port. */
export async function startBuiltServer(
  stream: StreamPort,
  more: Partial<FusionServerOptions> = {},
): Promise<FusionServer> {
  const { startFusionServer }: ServerModule = await import(resolve("dist/server/fusionServer.js"));
  const tokens = memoryTokenStorage();
  return startFusionServer({ stream, tokens, port: 0, allowedOrigins: () => [], listen: true, ...more });
}
