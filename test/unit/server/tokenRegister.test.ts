import assert from "node:assert/strict";
import type { Refusal } from "../../../src/protocol/events.js";
import { TokenHolders } from "../../../src/server/tokenHolders.js";
import { TokenRegister } from "../../../src/server/tokenRegister.js";
import { memoryTokenStorage } from "../../../src/server/tokenStorage.js";
import type { TokenRefusal } from "../../../src/server/tokens.js";
import { ManualClock } from "../../support/manualClock.js";
import { closeAll, event, serve } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const DAY = 86_400;

describe("The register of tokens", () => {
  const open = (storage = memoryTokenStorage(), clock = new ManualClock(Date.now())) =>
    TokenRegister.open({ storage, clock, log: assert.fail });
  const request = { name: "CI", scope: "read", expiresIn: 60 * DAY } as const;

  it("lists what was made, the newest first, and no token's text", async () => {
    const storage = memoryTokenStorage();
    const clock = new ManualClock(Date.now());
    const register = await open(storage, clock);
    const first = await register.issue({ ...request, metrics: ["memos"] });
    await register.issue({ ...request, name: "Wall", scope: "control" });
    clock.advance(1_000);
    register.used(first.claims);
    const [wall, ci] = await register.list();
    assert.deepEqual(
      [wall?.name, wall?.scope, wall?.metrics, wall?.lastUsedAt],
      ["Wall", "control", null, null],
    );
    assert.deepEqual([ci?.id, ci?.metrics, ci?.lastUsedAt], [first.claims.id, ["memos"], clock.now()]);
    await register.dispose();
    const kept = `${await storage.ledger.read()}${await storage.uses.read()}`;
    assert.ok(!kept.includes(first.text.split(".")[2] ?? "none"));
    assert.ok((await (await open(storage)).verify(first.text)).ok, "another process accepts it");
  });

  it("shows another process within a second that a token is used for the first time", async () => {
    const storage = memoryTokenStorage();
    const clock = new ManualClock(Date.now());
    const register = await open(storage, clock);
    const issued = [await register.issue(request), await register.issue({ ...request, name: "Wall" })];
    const kept = () => storage.uses.read();
    const [ci, wall] = issued.map(({ claims }) => claims);
    assert.ok(ci && wall);
    register.used(ci);
    clock.advance(1_000);
    await waitFor(async () => (await kept())?.includes(ci.id) ?? false);
    register.used(wall);
    register.used(ci);
    clock.advance(1_000);
    await waitFor(async () => (await kept())?.includes(wall.id) ?? false);
    // From then on the disk rests, whoever asks how often.
    const before = await kept();
    clock.advance(1_000);
    register.used(wall);
    clock.advance(30_000);
    await register.list();
    assert.equal(await kept(), before);
    await register.dispose();
  });

  it("revokes for every process that shares it, at once", async () => {
    const storage = memoryTokenStorage();
    const [one, other] = [await open(storage), await open(storage)];
    const { text, claims } = await one.issue(request);
    assert.ok((await other.verify(text)).ok);
    assert.equal(await one.revoke("Wall"), 0);
    assert.equal(await one.revoke("CI"), 1);
    await waitFor(() => !other.isGood(claims));
    for (const register of [one, other]) {
      assert.deepEqual(await register.verify(text), { ok: false, reason: "revoked" });
      assert.equal(register.verified(text)?.ok, false);
    }
    assert.notEqual((await other.list())[0]?.revokedAt, null);
    assert.equal(await other.revoke(claims.id), 0, "it is revoked already");
  });

  it("takes a token whose key another process made this moment", async () => {
    const storage = memoryTokenStorage();
    const { ledger } = storage;
    const deaf = {
      uses: storage.uses,
      ledger: {
        read: () => ledger.read(),
        update: (change: (kept: string | null) => string) => ledger.update(change),
        onChange: () => ({ dispose() {} }),
      },
    };
    const register = await open(deaf);
    const other = await open(storage);
    await other.revokeAll();
    const { text } = await other.issue(request);
    assert.ok((await register.verify(text)).ok);
  });

  it("signs with a new key after 30 days, and lets go of a key once all its tokens are over", async () => {
    const storage = memoryTokenStorage();
    const clock = new ManualClock(Date.now());
    const register = await open(storage, clock);
    const keys = async () => (JSON.parse((await storage.ledger.read()) ?? "").keys as unknown[]).length;
    const first = await register.issue(request);
    clock.advance(31 * DAY * 1_000);
    const second = await register.issue(request);
    assert.notEqual(second.claims.key, first.claims.key);
    assert.ok(register.isGood(first.claims));
    assert.equal(await keys(), 2);
    await register.revoke(first.claims.id);
    await register.issue(request);
    assert.equal(await keys(), 1);
    assert.ok(!register.isGood(first.claims));
    assert.ok(register.isGood(second.claims));
  });

  it("takes back no revocation, though the clock was ahead for a while", async () => {
    const storage = memoryTokenStorage();
    const clock = new ManualClock(Date.now());
    const register = await open(storage, clock);
    const { text } = await register.issue({ ...request, expiresIn: DAY });
    await register.revoke("CI");
    clock.jump(2 * DAY * 1_000);
    await register.issue({ ...request, name: "Wall" });
    assert.deepEqual(
      (await register.list()).map(({ name }) => name),
      ["Wall"],
    );
    clock.jump(-2 * DAY * 1_000);
    assert.deepEqual(await register.verify(text), { ok: false, reason: "revoked" });
    assert.deepEqual(await (await open(storage, clock)).verify(text), { ok: false, reason: "revoked" });
  });

  it("makes room for new tokens by a revocation, and by that of all where too many were revoked", async () => {
    const storage = memoryTokenStorage();
    const register = await open(storage);
    await register.issue(request);
    const fill = (count: number) =>
      storage.ledger.update((kept) => {
        const ledger = JSON.parse(kept ?? "");
        const [first] = ledger.tokens;
        const more = Array.from({ length: count }, (_, n) => ({
          ...first,
          id: `${count}-${n}`,
          revokedAt: null,
        }));
        return JSON.stringify({ ...ledger, tokens: [...more, ...ledger.tokens] });
      });
    await fill(9_999);
    await assert.rejects(register.issue(request), /No more than 10000 tokens .* Revoke some first\./);
    assert.equal(await register.revoke("CI"), 10_000);
    const { claims } = await register.issue(request);
    assert.ok(register.isGood(claims));
    await fill(9_998);
    await register.issue(request);
    await register.revoke("CI");
    await assert.rejects(register.issue(request), /Too many revoked tokens .*--revoke-all/);
    await register.revokeAll();
    await register.issue(request);
  });

  it("forgets when a token was used that is over", async () => {
    const storage = memoryTokenStorage();
    const clock = new ManualClock(Date.now());
    const register = await open(storage, clock);
    for (const name of ["one", "two"]) register.used((await register.issue({ ...request, name })).claims);
    await register.dispose();
    clock.advance(61 * DAY * 1_000);
    const later = await open(storage, clock);
    const { claims } = await later.issue(request);
    later.used(claims);
    await later.dispose();
    assert.deepEqual(Object.keys(JSON.parse((await storage.uses.read()) ?? "")), [claims.id]);
  });

  it("keeps what it knew where what is kept is damaged later", async () => {
    const storage = memoryTokenStorage();
    const lines: string[] = [];
    const clock = new ManualClock(Date.now());
    const register = await TokenRegister.open({ storage, clock, log: (line) => lines.push(line) });
    const good = await register.issue(request);
    const bad = await register.issue(request);
    await register.revoke(bad.claims.id);
    await storage.ledger.update(() => "{");
    await waitFor(() => lines.length > 0);
    assert.match(lines[0] ?? "", /damaged/);
    assert.deepEqual([register.isGood(good.claims), register.isGood(bad.claims)], [true, false]);
  });
});

describe("Holders of tokens", () => {
  it("end soon after a sleep in which their token expired, and no sooner for a clock that is set back", async () => {
    const clock = new ManualClock(Date.now());
    const register = await TokenRegister.open({ storage: memoryTokenStorage(), clock, log: assert.fail });
    const holders = new TokenHolders(register, clock);
    const { claims } = await register.issue({ name: "CI", scope: "read", expiresIn: DAY });
    const ended: TokenRefusal[] = [];
    holders.add(claims, (reason) => ended.push(reason));
    clock.jump(-3_600_000);
    clock.advance(DAY * 1_000);
    assert.deepEqual(ended, []);
    clock.jump(2 * 3_600_000);
    clock.advance(20_000);
    assert.deepEqual(ended, ["expired"]);
    holders.dispose();
  });

  it("end at their expiry, by one timer for all", async () => {
    const clock = new ManualClock(Date.now());
    const register = await TokenRegister.open({ storage: memoryTokenStorage(), clock, log: assert.fail });
    let timers = 0;
    const schedule = clock.schedule.bind(clock);
    const counting = Object.assign(Object.create(clock), {
      schedule(delay: number, callback: () => void) {
        timers++;
        const timer = schedule(delay, callback);
        const dispose = () => {
          timers--;
          timer.dispose();
        };
        return { dispose };
      },
    });
    const holders = new TokenHolders(register, counting);
    const ended: [number, TokenRefusal][] = [];
    const { claims } = await register.issue({ name: "CI", scope: "read", expiresIn: DAY });
    const held = [...Array(100).keys()].map((hours) => {
      const expiresAt = clock.now() + (hours + 1) * 3_600_000;
      return holders.add({ ...claims, expiresAt }, (reason) => ended.push([hours, reason]));
    });
    assert.equal(timers, 1);
    held[1]?.dispose();
    clock.advance(3 * 3_600_000);
    assert.deepEqual(ended, [
      [0, "expired"],
      [2, "expired"],
    ]);
    assert.ok(holders.has(claims.id));
    await register.revokeAll();
    assert.equal(ended.filter(([, reason]) => reason === "revoked").length, 97);
    holders.add(claims, (reason) => ended.push([-1, reason]));
    assert.deepEqual(ended.at(-1), [-1, "revoked"], "what was revoked meanwhile ends at once");
    assert.ok(!holders.has(claims.id));
    holders.dispose();
  });
});

describe("A live connection whose token ends", () => {
  afterEach(closeAll);

  for (const transport of ["websocket", "polling"]) {
    it(`is told why, and disconnected (${transport})`, async () => {
      const served = await serve();
      const token = await served.token("control");
      const other = await served.connected();
      const client = served.client({ token, transports: [transport] });
      const told: Refusal[] = [];
      client.on("fusionEnd", (reason) => told.push(reason));
      await event(client, "fusionUpdate");
      const [{ id } = { id: "" }] = (await served.server.tokens.list()).filter(
        ({ scope }) => scope === "control",
      );
      assert.ok(served.server.isInUse({ id }));
      const gone = event(client, "disconnect");
      await served.server.tokens.revoke(id);
      assert.equal(await gone, "io server disconnect");
      assert.deepEqual(told, [
        { ok: false, error: { code: "UNAUTHORIZED", message: "The token was revoked." } },
      ]);
      await waitFor(() => served.stream.connectedClients === 1 && !served.server.isInUse({ id }));
      assert.ok(other.connected);
    });
  }

  it("gets the refusal as the answer to a request that was held open", async () => {
    const served = await serve();
    let release = () => {};
    served.stream.latest = null;
    served.stream.collect = () =>
      new Promise((resolve) => {
        release = () => resolve(served.stream.emit());
      });
    const token = await served.token();
    const answer = served.request("/api/fusion/stream", { token });
    await waitFor(() => served.stream.refreshes === 1);
    await served.server.tokens.revokeAll();
    const { status, json } = await answer;
    assert.deepEqual(
      [status, json.error],
      [401, { code: "UNAUTHORIZED", message: "The token was revoked." }],
    );
    release();
    assert.equal((await served.request("/api/fusion/stream", { token })).status, 401);
  });

  it("is not that of the process itself", async () => {
    const served = await serve();
    const socket = await served.server.connectInProcess();
    await event(socket, "open");
    socket.send("40");
    await waitFor(() => served.stream.connectedClients === 1);
    await served.server.tokens.revokeAll();
    served.stream.emit();
    await event(socket, "message");
    assert.equal(served.stream.connectedClients, 1);
    socket.close();
  });
});
