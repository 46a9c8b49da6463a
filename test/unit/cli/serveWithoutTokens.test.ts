import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { Cli, type ServingCli } from "../../support/cli.js";
import { dataOf, request } from "../../support/cliRequest.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTE = "/api/fusion/stream";
const INTERVAL_ROUTE = "/api/fusion/emitter/interval";
const REVENUE = { "data/revenue_snapshot.json": '{"mrr": 12450}' };

describe("fusion-stream serve --auth none", () => {
  let cli: Cli;
  let serving: ServingCli;

  before(async () => {
    cli = new Cli();
    cli.folder.write(REVENUE);
    serving = await cli.serve("--auth", "none");
  });

  after(() => cli.dispose());

  it("says so, and lets every program of this machine read and control", async () => {
    assert.match(serving.stdout, /NO AUTHENTICATION/);
    await waitFor(async () => dataOf(await request(serving, ROUTE, null)).revenue === 12_450);
    assert.equal((await request(serving, ROUTE, "worthless")).status, 200);
    const interval = { method: "POST", body: '{"minutes":4}' };
    assert.equal((await request(serving, INTERVAL_ROUTE, null, interval)).status, 200);
  });

  for (const auth of [{}, { token: "worthless" }]) {
    for (const transport of ["websocket", "polling"]) {
      it(`connects by ${transport} with ${JSON.stringify(auth)}`, async () => {
        const client = io(serving.url, {
          auth,
          transports: [transport],
          reconnection: false,
          forceNew: true,
        });
        try {
          await waitFor(() => client.connected);
          const reply = await client.timeout(5_000).emitWithAck("fusionInterval", { minutes: 5 });
          assert.equal(reply.ok, true);
        } finally {
          client.disconnect();
        }
      });
    }
  }

  it("still refuses a foreign Host, a foreign Origin, and another site's image or script", async () => {
    const headers = [
      { Host: "evil.example" },
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const path of [ROUTE, "/socket.io/?EIO=4&transport=polling"]) {
      for (const foreign of headers) {
        const response = await request(serving, path, null, { headers: foreign });
        assert.equal(response.status, 403, JSON.stringify(foreign));
      }
      const page = { Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-site" };
      assert.equal((await request(serving, path, null, { headers: page })).status, 200);
      const typed = { "Sec-Fetch-Site": "none" };
      assert.equal((await request(serving, path, null, { headers: typed })).status, 200);
    }
  });
});
