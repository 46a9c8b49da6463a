import assert from "node:assert/strict";
import { rateLimitOf, requestQuotaOf } from "../../../src/core/sources/rateLimit.js";

const NOW = Date.parse("2025-11-08T17:40:38Z");

describe("A rate limit", () => {
  const waitAfter = (status: number, headers: Record<string, string>) => {
    const limit = rateLimitOf(new Response(null, { status, headers }), NOW);
    return limit && limit.retryAt - NOW;
  };

  it("is read from what servers send", () => {
    const reset = String(NOW / 1_000 + 90);
    assert.equal(waitAfter(429, {}), 60_000);
    assert.equal(waitAfter(429, { "Retry-After": "5" }), 5_000);
    assert.equal(waitAfter(429, { "Retry-After": "Sat, 08 Nov 2025 17:41:38 GMT" }), 60_000);
    assert.equal(waitAfter(429, { "X-RateLimit-Reset": reset }), 90_000);
    assert.equal(waitAfter(429, { "X-RateLimit-Reset": "90" }), 90_000);
    assert.equal(waitAfter(403, { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset }), 90_000);
    assert.equal(waitAfter(503, { "Retry-After": "7" }), 7_000);
  });

  it("is none where the server only refuses", () => {
    assert.equal(waitAfter(200, { "X-RateLimit-Remaining": "0" }), null);
    assert.equal(waitAfter(403, { "X-RateLimit-Remaining": "59", "X-RateLimit-Reset": "90" }), null);
    assert.equal(waitAfter(503, {}), null);
  });

  it("tells before how many requests are left, and until when", () => {
    const quotaOf = (headers: Record<string, string>) => requestQuotaOf(new Response(null, { headers }), NOW);
    const reset = String(NOW / 1_000 + 90);
    assert.deepEqual(quotaOf({ "X-RateLimit-Remaining": "7", "X-RateLimit-Reset": reset }), {
      remaining: 7,
      resetsInMs: 90_000,
    });
    const past = quotaOf({ "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000000001" });
    assert.equal(past?.resetsInMs, 0);
    const far = quotaOf({ "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999" });
    assert.equal(far?.resetsInMs, 86_400_000);
    for (const bad of ["", "-1", "1.5", "many"]) {
      assert.equal(quotaOf({ "X-RateLimit-Remaining": bad, "X-RateLimit-Reset": reset }), null);
    }
    assert.equal(quotaOf({ "X-RateLimit-Remaining": "7" }), null);
  });

  it("ends in a day at the latest, and not in the past", () => {
    assert.equal(waitAfter(429, { "Retry-After": "9".repeat(30) }), 86_400_000);
    assert.equal(waitAfter(429, { "Retry-After": "Sat, 08 Nov 2005 17:41:38 GMT" }), 0);
    assert.equal(waitAfter(429, { "Retry-After": "soon" }), 60_000);
  });
});
