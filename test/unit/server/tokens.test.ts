import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { SCOPES } from "../../../src/protocol/events.js";
import { holds, MAX_TOKEN_LENGTH, TokenAuthority } from "../../../src/server/tokens.js";

const KEY = new Uint8Array(32).fill(7);
const KEYS = [{ id: "now", secret: KEY }];
/** @param now epoch seconds */
const goodClaims = (now: number) => ({
  scope: "read",
  iss: "fusion-data-stream",
  aud: "fusion-stream",
  jti: "1",
  iat: now,
  exp: now + 60,
});

describe("Tokens", () => {
  it("verifies what it issued", async () => {
    const tokens = TokenAuthority.create(KEYS);
    for (const scope of SCOPES) {
      const { text, claims } = await tokens.issue({ scope, metrics: ["revenue"], expiresIn: 60 });
      const verification = await tokens.verify(text);
      assert.ok(verification.ok);
      assert.deepEqual(verification.claims, claims);
      assert.equal(verification.claims.scope, scope);
      assert.deepEqual(verification.claims.metrics, ["revenue"]);
      assert.ok(verification.claims.expiresAt > Date.now() + 55_000);
      assert.ok(verification.claims.expiresAt < Date.now() + 65_000);
      assert.match(verification.claims.id, /^[0-9a-f-]{36}$/);
    }
  });

  it("remembers only a token that was good", async () => {
    const tokens = TokenAuthority.create(KEYS);
    const { text: token } = await tokens.issue({ scope: "read", expiresIn: 60 });
    const forged = `${token.slice(0, -4)}AAAA`;
    assert.equal(tokens.verified(token), null);
    assert.equal((await tokens.verify(forged)).ok, false);
    assert.equal(tokens.verified(forged), null);
    const first = await tokens.verify(token);
    assert.deepEqual(tokens.verified(token), first);
    assert.equal((await tokens.verify(forged)).ok, false, "though all but the signature is known");
  });

  it("lets a token without metrics see all, and one with an empty list nothing", async () => {
    const tokens = TokenAuthority.create(KEYS);
    const issued = async (request: object) =>
      (await tokens.issue({ scope: "read", expiresIn: 60, ...request })).text;
    const all = await tokens.verify(await issued({}));
    const none = await tokens.verify(await issued({ metrics: [] }));
    assert.equal(all.ok && all.claims.metrics, null);
    assert.deepEqual(none.ok && none.claims.metrics, []);
  });

  it("refuses a key, an expiry and a metrics list that cannot be", async () => {
    assert.throws(() => TokenAuthority.create([]), RangeError);
    assert.throws(() => TokenAuthority.create([{ id: "short", secret: new Uint8Array(31) }]), RangeError);
    const tokens = TokenAuthority.create(KEYS);
    for (const expiresIn of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await assert.rejects(tokens.issue({ scope: "read", expiresIn }), RangeError);
    }
    const metrics = Array.from({ length: 1_000 }, (_, at) => `metric${at}`);
    await assert.rejects(tokens.issue({ scope: "read", metrics, expiresIn: 60 }), RangeError);
  });

  for (const header of [
    { alg: "HS256", kid: "now" },
    { alg: "HS256", typ: "JWT", kid: "now" },
  ]) {
    it(`is not fooled by what looks like a token with the header ${JSON.stringify(header)}`, async () => {
      const forged = (claims: object, key?: Uint8Array) => signed(claims, header, "sha256", key);
      const tokens = TokenAuthority.create(KEYS);
      const now = Math.floor(Date.now() / 1_000);
      const good = goodClaims(now);
      assert.ok((await tokens.verify(forged(good))).ok, "the forger's own form must be the right one");
      const cases: Record<string, [token: string, reason: string]> = {
        "algorithm none": [unsigned({ alg: "none", kid: "now" }, good), "invalid"],
        "algorithm None with a signature": [signed(good, { alg: "None", kid: "now" }), "invalid"],
        "another algorithm": [signed(good, { alg: "HS512", kid: "now" }, "sha512"), "invalid"],
        "no algorithm": [signed(good, { kid: "now" }), "invalid"],
        "signature stripped": [forged(good).replace(/[^.]*$/, ""), "invalid"],
        "two parts": [forged(good).replace(/\.[^.]*$/, ""), "invalid"],
        "another key": [forged(good, Buffer.alloc(32)), "invalid"],
        "no key named": [signed(good, { alg: "HS256", typ: "JWT" }), "invalid"],
        "a key named that is none": [signed(good, { ...header, kid: "other" }), "invalid"],
        "a key named like what every object has": [signed(good, { ...header, kid: "__proto__" }), "invalid"],
        "a key of its own in the header": [
          signed(
            good,
            { ...header, jwk: { kty: "oct", k: "AAAA" }, jku: "http://127.0.0.1/" },
            "sha256",
            Buffer.alloc(32),
          ),
          "invalid",
        ],
        "changed claims": [tampered(forged(good), { ...good, scope: "control" }), "invalid"],
        "unknown critical header": [signed(good, { alg: "HS256", kid: "now", crit: ["x"], x: 1 }), "invalid"],
        expired: [forged({ ...good, exp: now - 1 }), "expired"],
        "not yet valid": [forged({ ...good, nbf: now + 60 }), "notYetValid"],
        "wrong audience": [forged({ ...good, aud: "another" }), "invalid"],
        "wrong issuer": [forged({ ...good, iss: "another" }), "invalid"],
        "without expiry": [forged({ ...good, exp: undefined }), "invalid"],
        "without id": [forged({ ...good, jti: undefined }), "invalid"],
        "unknown scope": [forged({ ...good, scope: "admin" }), "invalid"],
        "metrics that are no list": [forged({ ...good, metrics: "revenue" }), "invalid"],
        "metrics that are no texts": [forged({ ...good, metrics: [1] }), "invalid"],
        "claims that are none": [forged([]), "invalid"],
        "a part too many": [`${forged(good)}.`, "invalid"],
        empty: ["", "invalid"],
        "a megabyte": ["a".repeat(1_000_000), "invalid"],
        "longer than allowed, though signed": [
          forged({ ...good, padding: "a".repeat(MAX_TOKEN_LENGTH) }),
          "invalid",
        ],
      };
      for (const [name, [token, reason]] of Object.entries(cases)) {
        assert.deepEqual(await tokens.verify(token), { ok: false, reason }, name);
      }
    });
  }

  it("signs with the newest key, and knows the tokens of those before", async () => {
    const older = { id: "older", secret: new Uint8Array(32).fill(8) };
    const tokens = TokenAuthority.create([older]);
    const first = await tokens.issue({ scope: "read", expiresIn: 60 });
    tokens.use([...KEYS, older]);
    const second = await tokens.issue({ scope: "read", expiresIn: 60 });
    assert.deepEqual([first.claims.key, second.claims.key], ["older", "now"]);
    assert.ok((await tokens.verify(first.text)).ok && (await tokens.verify(second.text)).ok);
    tokens.use(KEYS);
    assert.equal(
      tokens.verified(first.text),
      null,
      "what was good under a key that is gone is not remembered",
    );
    assert.equal((await tokens.verify(first.text)).ok, false);
    assert.ok((await tokens.verify(second.text)).ok);
  });

  it("has a key of the process, which no other one knows and no change takes away", async () => {
    const [tokens, others] = [TokenAuthority.create(KEYS), TokenAuthority.create(KEYS)];
    const { text } = await tokens.issueForProcess({ scope: "control", expiresIn: 60 });
    tokens.use([{ id: "next", secret: KEY }]);
    assert.ok((await tokens.verify(text)).ok);
    assert.equal((await others.verify(text)).ok, false);
  });

  it("orders the scopes", () => {
    assert.ok(holds("control", "read") && holds("control", "refresh") && holds("read", "read"));
    assert.ok(!holds("read", "refresh") && !holds("refresh", "control"));
  });
});

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function unsigned(header: object, claims: object): string {
  return `${encoded(header)}.${encoded(claims)}.`;
}

function signed(claims: object, header: object, hash = "sha256", key: Uint8Array = KEY): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
}

function tampered(token: string, claims: object): string {
  const [header, , signature] = token.split(".");
  return `${header}.${encoded(claims)}.${signature}`;
}
