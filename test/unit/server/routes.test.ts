import assert from "node:assert/strict";
import { closeAll, type Response, serve } from "../../support/servedStream.js";

describe("HTTP routes", () => {
  afterEach(closeAll);

  it("GET /api/fusion/stream gives the held snapshot, and collects nothing", async () => {
    const served = await serve();
    const { status, json, headers } = await served.request("/api/fusion/stream");
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "application/json; charset=utf-8");
    assert.deepEqual(json, { ok: true, data: served.stream.latest });
    assert.equal(served.stream.refreshes, 0);
    served.stream.emit({ memos: 18 });
    const next = await served.request("/api/fusion/stream");
    assert.deepEqual(next.json, { ok: true, data: served.stream.latest });
  });

  it("GET /api/fusion/stream waits for the first snapshot", async () => {
    const served = await serve();
    served.stream.latest = null;
    const { status, json } = await served.request("/api/fusion/stream");
    assert.equal(status, 200);
    assert.deepEqual(json, { ok: true, data: served.stream.latest });
  });

  it("answers 503 where the first snapshot cannot be had", async () => {
    const served = await serve();
    served.stream.latest = null;
    served.stream.collect = () => Promise.reject(new Error("The folder is gone."));
    for (const path of ["/api/fusion/stream", "/api/fusion/health"]) {
      const response = await served.request(path);
      assertRefused(response, 503, "UNAVAILABLE");
      assert.ok(response.headers["retry-after"]);
    }
  });

  it("GET /api/fusion/health names the sources", async () => {
    const served = await serve();
    const { status, json } = await served.request("/api/fusion/health");
    assert.equal(status, 200);
    const { timestamp, ...rest } = json;
    assert.deepEqual(rest, {
      ok: true,
      status: "healthy",
      sources: { memoIndex: true, revenueSnapshot: true, ericRecommendations: true, driveSyncLog: true },
    });
    assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("GET /api/fusion/health is degraded without some source, and unavailable without any", async () => {
    const served = await serve();
    const { health } = served.stream.emit();
    served.stream.emit({ health: { ...health, revenueAvailable: false } });
    const degraded = await served.request("/api/fusion/health");
    assert.equal(degraded.status, 200);
    assert.equal(degraded.json.ok, true);
    assert.equal(degraded.json.status, "degraded");
    assert.equal((degraded.json.sources as Record<string, boolean>).revenueSnapshot, false);
    served.stream.emit({
      health: {
        memoIndexAvailable: false,
        revenueAvailable: false,
        recommendationsAvailable: false,
        driveSyncLogAvailable: false,
      },
    });
    const unavailable = await served.request("/api/fusion/health");
    assert.equal(unavailable.status, 503);
    assert.equal(unavailable.json.ok, false);
    assert.equal(unavailable.json.status, "unavailable");
  });

  it("GET /api/fusion/health has a key for each further metric", async () => {
    const served = await serve();
    const { metrics } = served.stream.emit();
    assert.ok(metrics.revenue);
    served.stream.emit({ metrics: { ...metrics, openBugs: { ...metrics.revenue, available: false } } });
    const { json } = await served.request("/api/fusion/health");
    assert.equal((json.sources as Record<string, boolean>).openBugs, false);
    assert.equal(json.status, "degraded");
  });

  it("GET /api/fusion/emitter/health has the emitter's figures, its interval, CPU and memory", async () => {
    const served = await serve();
    const { status, json } = await served.request("/api/fusion/emitter/health");
    assert.equal(status, 200);
    assert.equal(json.ok, true);
    assert.equal(json.status, "active");
    assert.deepEqual(json, { ok: true, ...served.stream.health() });
    assert.deepEqual(json.metrics, {
      ...served.stream.status().metrics,
      interval: { minutes: 5 },
      failures: [],
      cpuPercent: 0.5,
      memory: { rss: 64_000_000, heapUsed: 21_000_000 },
      eventLoopDelayMs: { p50: 0.1, p95: null },
    });
    served.stream.isActive = false;
    assert.equal((await served.request("/api/fusion/emitter/health")).json.status, "inactive");
  });

  it("POST /api/fusion/emitter/interval sets it, whole or not", async () => {
    const served = await serve();
    for (const minutes of [3, 10, 4.5]) {
      const { status, json } = await served.postInterval(JSON.stringify({ minutes }));
      assert.equal(status, 200);
      assert.deepEqual(json, { ok: true, interval: { minutes } });
      assert.equal(served.stream.status().interval.minutes, minutes);
    }
  });

  it("POST /api/fusion/emitter/interval refuses what is no interval with 400", async () => {
    const served = await serve();
    const bodies = [
      ...["2.99", "10.01", "0", "-5", '"5"', "null", "true", "[5]", "{}", "1e400"].map(
        (value) => `{"minutes":${value}}`,
      ),
      "{}",
      "[]",
      "5",
      "null",
      "",
      '{"minutes":5',
      '{"__proto__":{"minutes":5}}',
      "[".repeat(8_000),
    ];
    for (const body of bodies) {
      assertRefused(await served.postInterval(body), 400, "BAD_REQUEST", body.slice(0, 40));
    }
    const plain = await served.postInterval('{"minutes":3}', { headers: { "Content-Type": "text/plain" } });
    assertRefused(plain, 400, "BAD_REQUEST");
    assert.equal(served.stream.status().interval.minutes, 5);
    const charset = { "Content-Type": "Application/JSON; charset=utf-8" };
    assert.equal((await served.postInterval('{"minutes":3}', { headers: charset })).status, 200);
  });

  it("POST /api/fusion/emitter/interval needs the scope control", async () => {
    const served = await serve();
    for (const scope of ["read", "refresh"] as const) {
      assertRefused(await served.postInterval('{"minutes":3}', { scope }), 403, "FORBIDDEN");
    }
    assert.equal(served.stream.status().interval.minutes, 5);
  });

  it("refuses a body of more than 16 KB with 413, announced or not", async () => {
    const served = await serve();
    const body = `{"minutes":3,"padding":"${"a".repeat(17_000)}"}`;
    assertRefused(await served.postInterval(body), 413, "PAYLOAD_TOO_LARGE");
    const chunked = await served.postInterval(body, { headers: { "Transfer-Encoding": "chunked" } });
    assertRefused(chunked, 413, "PAYLOAD_TOO_LARGE");
    const huge = await served.postInterval(`{"minutes":3,"padding":"${"a".repeat(900_000)}"}`);
    assertRefused(huge, 413, "PAYLOAD_TOO_LARGE");
    assert.equal(served.stream.status().interval.minutes, 5);
  });

  it("answers HEAD where it answers GET", async () => {
    const served = await serve();
    for (const path of ["/api/fusion/stream", "/api/fusion/health", "/api/fusion/emitter/health"]) {
      const get = await served.request(path);
      const head = await served.request(path, { method: "HEAD" });
      assert.equal(head.status, 200);
      assert.equal(head.text, "");
      assert.equal(head.headers["content-type"], get.headers["content-type"]);
    }
    const refused = await served.request("/nowhere", { method: "HEAD" });
    assert.equal(refused.status, 404);
    assert.equal(refused.text, "");
  });

  it("refuses an unknown route with 404, and another method with 405 and Allow", async () => {
    const served = await serve();
    const unknown = [
      "/",
      "/api/fusion",
      "/api/fusion/stream/",
      "/api/fusion/../fusion/stream",
      "/API/fusion/stream",
    ];
    for (const path of unknown) assertRefused(await served.request(path), 404, "NOT_FOUND", path);
    const post = await served.request("/api/fusion/stream", { method: "POST", body: "{}" });
    assertRefused(post, 405, "METHOD_NOT_ALLOWED");
    assert.equal(post.headers.allow, "GET, HEAD");
    const get = await served.request("/api/fusion/emitter/interval", { scope: "control" });
    assertRefused(get, 405, "METHOD_NOT_ALLOWED");
    assert.equal(get.headers.allow, "POST");
  });

  it("shows a token with metrics only those, on every route", async () => {
    const served = await serve();
    const token = await served.token("read", ["revenue"]);
    const stream = await served.request("/api/fusion/stream", { token });
    const data = stream.json.data as Record<string, unknown>;
    assert.deepEqual(Object.keys(data).sort(), [
      "cards",
      "health",
      "metrics",
      "revenue",
      "sequence",
      "timestamp",
    ]);
    assert.deepEqual(Object.keys(data.metrics as object), ["revenue"]);
    const health = await served.request("/api/fusion/health", { token });
    assert.deepEqual(health.json.sources, { revenueSnapshot: true });
    const emitter = await served.request("/api/fusion/emitter/health", { token });
    for (const { text } of [stream, health, emitter])
      assert.doesNotMatch(text, /memo(?!ry)|drive|recommend|insight/i);
  });

  it("bears no cookie, and the same guarding headers on answers and refusals", async () => {
    const served = await serve();
    const responses = [
      await served.request("/api/fusion/stream"),
      await served.request("/api/fusion/stream", { scope: null }),
      await served.request("/nowhere"),
      await served.request("/socket.io/?EIO=4&transport=polling"),
      await served.request("/api/fusion/stream", { headers: { Host: "evil.example" } }),
      await served.request("/api/fusion/stream", { headers: { Expect: "nonsense" } }),
    ];
    for (const { headers } of responses) {
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(headers["cache-control"], "no-store");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
      assert.equal(headers["set-cookie"], undefined);
    }
  });
});

function assertRefused({ status, json }: Response, expected: number, code: string, about?: string): void {
  assert.equal(status, expected, about);
  assert.equal(json.ok, false, about);
  assert.equal(json.error.code, code, about);
  assert.equal(typeof json.error.message, "string", about);
  assert.deepEqual(Object.keys(json), ["ok", "error"], about);
}
