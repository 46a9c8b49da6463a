import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { type Claimed, claim } from "../../../../src/server/ownership/claim.js";
import { type MeetingPlace, meetingPlace } from "../../../../src/server/ownership/place.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";
import { waitFor } from "../../../support/waitFor.js";

describe("a claim to a folder", () => {
  let state: TemporaryFolder;
  let place: MeetingPlace;
  let claims: Claimed[];

  beforeEach(() => {
    state = new TemporaryFolder();
    place = meetingPlace(state.path, "folder");
    claims = [];
  });
  afterEach(async () => {
    for (const each of claims) await letGo(each);
    state.dispose();
  });

  const claimed = async (at = place, welcome: (connection: Socket) => void = () => undefined) => {
    const made = await claim(at, welcome);
    claims.push(made);
    return made;
  };
  const letGo = async (made: Claimed) => {
    if (made.kind === "owned") await made.ownership.release();
    else made.connection.destroy();
  };

  it("is granted to one, and leads all others to it", async () => {
    const met: Socket[] = [];
    const kinds: string[] = [(await claimed(place, (connection) => met.push(connection))).kind];
    for (let count = 0; count < 3; count++) kinds.push((await claimed()).kind);
    assert.deepEqual(kinds, ["owned", "held", "held", "held"]);
    await waitFor(() => met.length === 3);
  });

  it("is granted to one of many that are made at once, over and over", async () => {
    for (let round = 0; round < 5; round++) {
      const made = await Promise.all(Array.from({ length: 20 }, () => claimed()));
      const owners = made.filter(({ kind }) => kind === "owned");
      assert.equal(owners.length, 1);
      for (const each of made) await letGo(each);
      claims = [];
    }
  });

  it("is granted where sockets and other things were left behind, which then are gone", async () => {
    await letGo(await claim(place, () => undefined));
    const [first = "", second = ""] = [place.address(3), place.address(7)];
    // A socket that nobody listens on any more, as after a crash: the listener's name is taken away from under it.
    const crashed = createServer().listen(`${first}x`);
    await once(crashed, "listening");
    const { linkSync } = await import("node:fs");
    linkSync(`${first}x`, first);
    crashed.close();
    writeFileSync(second, "");
    const made = await Promise.all(Array.from({ length: 10 }, () => claimed()));
    assert.equal(made.filter(({ kind }) => kind === "owned").length, 1);
    assert.equal(place.generations().length, 1);
  });

  it("leaves other folders, and those that others keep their state for, alone", async () => {
    assert.equal((await claimed()).kind, "owned");
    assert.equal((await claimed(meetingPlace(state.path, "other"))).kind, "owned");
    assert.equal((await claimed(meetingPlace(state.resolve("elsewhere"), "folder"))).kind, "owned");
  });

  it("meets in a folder that only this account can enter", async () => {
    state.write({ "run/keep": "" });
    chmodSync(state.resolve("run"), 0o755);
    await claimed();
    assert.equal(statSync(state.resolve("run")).mode & 0o777, 0o700);
  });

  it("meets at a short path where the state's own is too long for a socket", async () => {
    const long = meetingPlace(state.resolve("x".repeat(120)), "folder");
    assert.ok(long.address(1).length < 104);
    assert.equal((await claimed(long)).kind, "owned");
    assert.equal((await claimed(long)).kind, "held");
  });

  it("leaves nothing behind when it is let go", async () => {
    await letGo(await claim(place, () => undefined));
    assert.deepEqual(readdirSync(state.resolve("run")), []);
  });
});
