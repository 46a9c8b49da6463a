import type { Snapshot } from "../../src/protocol/snapshot.js";
import type { ServingCli } from "./cli.js";
import { send } from "./servedStream.js";

/** Asks a headless server; without a token where that is `null`. */
export function request(
  { port }: ServingCli,
  path: string,
  token: string | null,
  { method = "GET", body = "", headers = {} }: { method?: string; body?: string; headers?: object } = {},
) {
  return send({
    port,
    path,
    method,
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json", "Content-Length": String(body.length) }),
      ...headers,
    },
    body,
  });
}

/** The snapshot of an answer. */
export function dataOf({ json }: Awaited<ReturnType<typeof request>>): Snapshot {
  return json.data as Snapshot;
}
