import assert from "node:assert/strict";
import { VerifiedTokens } from "../../../src/server/verifiedTokens.js";

type TestClaims = ReturnType<typeof claims>;

const claims = (id: string) => ({ scope: "read", metrics: null, expiresAt: 10_000, id }) as const;

describe("Verified tokens", () => {
  it("are known until they expire, and no other is", () => {
    const tokens = new VerifiedTokens<TestClaims>();
    tokens.remember("a", claims("a"));
    assert.deepEqual(tokens.find("a", 9_999), claims("a"));
    assert.equal(tokens.find("b", 0), null);
    assert.equal(tokens.find("a", 10_000), null);
    assert.equal(tokens.find("a", 0), null, "an expired one is forgotten");
  });

  it("are forgotten when there are too many, the longest unused first", () => {
    const tokens = new VerifiedTokens<TestClaims>();
    for (let at = 0; at < 1_000; at += 1) tokens.remember(`${at}`, claims(`${at}`));
    assert.ok(tokens.find("0", 0));
    tokens.remember("new", claims("new"));
    assert.equal(tokens.find("1", 0), null);
    assert.ok(tokens.find("0", 0));
    assert.ok(tokens.find("new", 0));
  });

  it("are all verified anew once cleared", () => {
    const tokens = new VerifiedTokens<TestClaims>();
    tokens.remember("a", claims("a"));
    tokens.clear();
    assert.equal(tokens.find("a", 0), null);
  });
});
