import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { systemClock } from "../../../src/core/clock.js";
import { SCOPES } from "../../../src/protocol/events.js";
import { memoryTokenStorage } from "../../../src/server/tokenStorage.js";
import { closeAll, event, type ServedStream, serve, upgradeStatus } from "../../support/servedStream.js";

const ROUTE = "/api/fusion/stream";
const POLLING = "/socket.io/?EIO=4&transport=polling";

describe("Tokens that are not good", () => {
  let served: ServedStream;
  let secret: Buffer;
  let good: string;

  beforeEach(async () => {
    const tokens = memoryTokenStorage();
    // Wrong tokens are counted by the second: here each comes a minute after the one before.
    let time = 0;
    const clock = { ...systemClock, monotonic: () => (time += 60_000) };
    served = await serve({ tokens, clock });
    good = await served.token("control");
    secret = Buffer.from(JSON.parse((await tokens.ledger.read()) ?? "").keys[0].secret, "base64url");
  });
  afterEach(closeAll);

  /** The good token with changes, signed with the stream's own key: all but the change is right. */
  function resigned(claims: object, header: object = {}, hash = "sha256"): string {
    const [head = "", body = ""] = good.split(".");
    const text = `${encoded({ ...decoded(head), ...header })}.${encoded({ ...decoded(body), ...claims })}`;
    return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
  }

  function badTokens(): Record<string, string> {
    const now = Math.floor(Date.now() / 1_000);
    const [, body] = good.split(".");
    return {
      "algorithm none": `${encoded({ ...decoded(good.split(".")[0] ?? ""), alg: "none" })}.${body}.`,
      "algorithm nOnE with a signature": resigned({}, { alg: "nOnE" }),
      "another algorithm": resigned({}, { alg: "HS512" }, "sha512"),
      "an asymmetric algorithm": resigned({}, { alg: "RS256" }),
      "signature stripped": good.replace(/[^.]*$/, ""),
      "signature and dot stripped": good.replace(/\.[^.]*$/, ""),
      "claims changed": good.replace(
        /\.[^.]*\./,
        `.${encoded({ ...decoded(body ?? ""), exp: now + 9_999 })}.`,
      ),
      expired: resigned({ exp: now - 1 }),
      "not yet valid": resigned({ nbf: now + 60 }),
      "wrong audience": resigned({ aud: "another" }),
      "wrong issuer": resigned({ iss: "another" }),
      "another key": resigned({}, { kid: "../../etc/passwd" }),
    };
  }

  it("are made by a forger who can make good ones", async () => {
    assert.equal((await served.request(ROUTE, { token: resigned({}) })).status, 200);
  });

  it("open nothing, on any way in, and are not said again", async () => {
    for (const [name, token] of Object.entries(badTokens())) {
      const headers = { Authorization: `Bearer ${token}` };
      const answers = [
        await served.request(ROUTE, { token }),
        await served.request(POLLING, { token }),
        await served.request("/metrics", { token }),
        await served.postInterval('{"minutes":3}', { headers }),
      ];
      for (const { status, text, headers: answered } of answers) {
        assert.equal(status, 401, name);
        assert.ok(!`${text}${JSON.stringify(answered)}`.includes(token.slice(-20)), name);
      }
      assert.equal(await upgradeStatus(served.webSocket(headers)), 401, name);
      for (const transport of ["websocket", "polling"]) {
        const error = await event<Error>(served.client({ token, transports: [transport] }), "connect_error");
        assert.match(error.message, /^The token (is not valid|is not valid yet|has expired)\.$/, name);
      }
    }
    assert.equal(served.stream.connectedClients, 0);
    assert.equal(served.stream.status().interval.minutes, 5);
  });

  it("of a megabyte end the connection that brings them", async () => {
    for (const transport of ["websocket", "polling"]) {
      const client = served.client({ token: "a".repeat(1_000_000), transports: [transport] });
      await new Promise((resolve) => client.io.once("close", resolve));
      assert.ok(!client.connected);
    }
    assert.equal(served.stream.connectedClients, 0);
  });

  it("are refused in the query on every way in, though good, and not said again", async () => {
    for (const path of [`${ROUTE}?token=${good}`, `${POLLING}&access_token=${good}`]) {
      const { status, text, headers } = await served.request(path, { token: good });
      assert.equal(status, 400);
      assert.ok(!`${text}${JSON.stringify(headers)}`.includes(good));
    }
    const socket = served.webSocket({}, `/socket.io/?EIO=4&transport=websocket&token=${good}`);
    assert.equal(await upgradeStatus(socket), 400);
  });

  it("write nothing with a scope that is too small, on any way in", async () => {
    const writes = [
      { event: "fusionRefresh", payload: [], needs: "refresh" },
      { event: "fusionInterval", payload: [{ minutes: 3 }], needs: "control" },
    ] as const;
    for (const scope of SCOPES) {
      const token = await served.token(scope);
      const mayControl = scope === "control";
      assert.equal((await served.postInterval('{"minutes":4}', { scope })).status, mayControl ? 200 : 403);
      for (const method of ["PUT", "PATCH", "DELETE"]) {
        const { status } = await served.request("/api/fusion/emitter/interval", { token, method });
        assert.equal(status, 405);
      }
      for (const transport of ["websocket", "polling"]) {
        const client = served.client({ token, transports: [transport] });
        await event(client, "connect");
        for (const { event: name, payload, needs } of writes) {
          const reply = (await client.timeout(5_000).emitWithAck(name, ...payload)) as {
            ok: boolean;
            error?: { code: string };
          };
          const may = SCOPES.indexOf(scope) >= SCOPES.indexOf(needs);
          assert.equal(reply.error?.code, may ? undefined : "FORBIDDEN", `${scope} ${name} ${transport}`);
        }
      }
      if (scope === "read") assert.equal(served.stream.refreshes, 0);
      if (!mayControl) assert.equal(served.stream.status().interval.minutes, 5);
    }
  });

  it("are told of a failure without the names of files, where they see only some metrics", async () => {
    served.stream.latest = null;
    served.stream.collect = () => Promise.reject(new Error("/home/me/secret.csv is gone."));
    const narrow = await served.token("refresh", ["memos"]);
    const whole = await served.token("refresh");
    for (const [token, told] of [
      [narrow, false],
      [whole, true],
    ] as const) {
      const { status, text } = await served.request(ROUTE, { token });
      assert.deepEqual([status, text.includes("secret.csv")], [503, told]);
      const client = served.client({ token });
      await event(client, "connect");
      const reply = JSON.stringify(await client.timeout(5_000).emitWithAck("fusionRefresh"));
      assert.match(reply, /COLLECTION_FAILED/);
      assert.equal(reply.includes("secret.csv"), told);
    }
  });
});

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decoded(part: string): object {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}
