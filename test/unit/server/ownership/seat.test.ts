import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { claim, connectToOwner } from "../../../../src/server/ownership/claim.js";
import { meetingPlace } from "../../../../src/server/ownership/place.js";
import { type Role, Seat } from "../../../../src/server/ownership/seat.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";
import { waitFor } from "../../../support/waitFor.js";

const PROGRAM = resolve("out/test/support/starvedSeat.js");

describe("a seat at a folder", () => {
  for (const left of [0, 1]) {
    it(`is not given up for want of file handles, and then is the owner's (${left} were left)`, async function () {
      this.timeout(30_000);
      const state = new TemporaryFolder();
      const place = meetingPlace(state.path, "folder");
      const limited = ["-c", 'ulimit -n 60; exec "$0" "$@"', process.execPath, PROGRAM];
      const program = spawn("sh", [...limited, state.path, String(left)], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      let said = "";
      program.stdout.on("data", (chunk) => {
        said += chunk;
      });
      try {
        // With one handle it gets to listen, and no further.
        await waitFor(() => said.startsWith("looks\n".repeat(left + 1)));
        program.stdin.write("free\n");
        await waitFor(() => /owner|alone/.test(said));
        assert.doesNotMatch(said, /alone/);
        const connection = await connectToOwner(place);
        assert.ok(connection);
        const [greeting] = await once(connection, "data");
        assert.equal(String(greeting), "welcome\n");
        program.stdin.end();
        await once(program, "exit");
      } finally {
        program.kill("SIGKILL");
        state.dispose();
      }
    });
  }

  it("tells once why it waits, however often it asks who proves nothing", async function () {
    this.timeout(30_000);
    const state = new TemporaryFolder();
    const place = meetingPlace(state.path, "folder");
    let asked = 0;
    const stranger = await claim(place, (connection) => {
      asked++;
      connection.on("error", () => undefined).end("{}\n");
    });
    assert.ok(stranger.kind === "owned");
    const roles: Role[] = [];
    const seat = new Seat({
      place,
      key: async () => new Uint8Array(32),
      purpose: "process",
      welcome: (connection) => connection.destroy(),
      onRole: (role) => roles.push(role),
    });
    const kinds = () => roles.map(({ kind }) => kind);
    try {
      await waitFor(() => asked === 3, { timeout: 20_000, message: "it to ask again" });
      assert.deepEqual(kinds(), ["waiting"]);
      await stranger.ownership.release();
      await waitFor(() => roles.length === 2, { timeout: 20_000, message: "the place" });
      assert.deepEqual(kinds(), ["waiting", "owner"]);
    } finally {
      await seat.leave();
      await stranger.ownership.release();
      state.dispose();
    }
  });
});
