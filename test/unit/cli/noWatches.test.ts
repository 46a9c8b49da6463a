import assert from "node:assert/strict";
import { io } from "socket.io-client";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { Cli } from "../../support/cli.js";
import { waitFor } from "../../support/waitFor.js";

/** Each account has so many watches and so many processes that watch: in a user namespace of its own, the server has none. */
const LIMITS = ["max_inotify_watches", "max_inotify_instances"];

describe("fusion-stream serve where the system has nothing left to watch with", () => {
  for (const limit of LIMITS) {
    it(`serves, sees changes, and lets go of a revoked token (${limit})`, async function () {
      this.timeout(60_000);
      const script = `echo 0 > /proc/sys/user/${limit} && exec "$0" "$@"`;
      const cli = new Cli({}, ["unshare", "--map-root-user", "sh", "-c", script]);
      const write = (mrr: number) =>
        cli.folder.write({ "data/revenue_snapshot.json": JSON.stringify({ mrr }) });
      write(1);
      const seen: Snapshot[] = [];
      try {
        const { url } = await cli.serve();
        const auth = { token: await cli.token("--name", "CI") };
        const client = io(url, { auth, transports: ["websocket"], reconnection: false });
        client.on("fusionUpdate", (snapshot) => seen.push(snapshot));
        await waitFor(() => seen.at(-1)?.revenue === 1);
        write(2);
        await waitFor(() => seen.at(-1)?.revenue === 2);
        assert.equal((await cli.run("token", cli.folder.path, "--revoke", "CI")).code, 0);
        await waitFor(() => client.disconnected);
        const headers = { Authorization: `Bearer ${auth.token}` };
        assert.equal((await fetch(`${url}/api/fusion/stream`, { headers })).status, 401);
      } finally {
        await cli.dispose();
      }
    });
  }
});
