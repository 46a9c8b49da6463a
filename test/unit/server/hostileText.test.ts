import assert from "node:assert/strict";
import { HOSTILE_TEXTS } from "../../support/hostileTexts.js";
import { alert, MemoryAlerts } from "../../support/memoryAlerts.js";
import { closeAll, event, type Response, type ServedStream, serve } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTES = [
  "/api/fusion/stream",
  "/api/fusion/health",
  "/api/fusion/emitter/health",
  "/api/fusion/alerts",
  "/api/fusion/history?metric=revenue",
  "/metrics",
];

describe("Hostile text", () => {
  let alerts: MemoryAlerts;
  let served: ServedStream;
  beforeEach(async () => {
    alerts = new MemoryAlerts();
    served = await serve({ alerts });
    const { metrics = {}, insights = [] } = served.stream.latest ?? {};
    const [like, insight] = [metrics.memos, insights[0]];
    assert.ok(like && insight);
    served.stream.emit({
      driveSyncLastSync: HOSTILE_TEXTS.join(),
      cards: HOSTILE_TEXTS,
      metrics: Object.fromEntries(
        HOSTILE_TEXTS.map((text) => [
          text,
          { ...like, value: text, label: text, unit: text, icon: text, previous: text, error: text },
        ]),
      ),
      insights: HOSTILE_TEXTS.map((text) => ({
        ...insight,
        ...{ id: text, title: text, description: text, source: { file: text, line: 1 } },
      })),
    });
    served.stream.failures = HOSTILE_TEXTS.map((message) => ({ time: "2025-11-08T17:40:38.902Z", message }));
    served.stream.sources = HOSTILE_TEXTS.map((text) => ({
      ...({ kind: "file", state: "stale", readAt: null, changedAt: null, size: 1 } as const),
      ...{ name: text, metrics: [text], cost: { last: 1, p95: 1 } },
      lastError: { time: "2025-11-08T17:40:38.902Z", message: text },
    }));
    for (const text of HOSTILE_TEXTS)
      alerts.fire(alert({ id: text, metric: text, message: text, value: text }));
  });
  afterEach(closeAll);

  it("comes out of every route as it went in, and as nothing that a browser would show or run", async () => {
    assert.equal(HOSTILE_TEXTS.length, 50);
    for (const path of ROUTES) {
      const response = await served.request(path);
      isOnlyData(response, path);
      if (path === "/metrics") continue;
      assert.equal(JSON.parse(response.text).ok, response.status === 200, path);
    }
    const { data } = JSON.parse((await served.request("/api/fusion/stream")).text);
    assert.deepEqual(Object.keys(data.metrics), HOSTILE_TEXTS);
    assert.deepEqual(data.metrics, served.stream.latest?.metrics);
    assert.deepEqual(data.insights, served.stream.latest?.insights);
    const listed = JSON.parse((await served.request("/api/fusion/alerts")).text).data;
    assert.deepEqual(
      listed.map(({ message }: { message: string }) => message),
      [...HOSTILE_TEXTS].reverse(),
    );
  });

  it("keeps each sample of /metrics on its line", async () => {
    const { text } = await served.request("/metrics");
    for (const line of text.split("\n"))
      assert.match(line, /^(# (HELP|TYPE) |[a-z_]+(\{.*\})? [-+.\deINFNa]+$|$)/s);
  });

  it("comes by Socket.IO as it went in", async () => {
    const client = await served.connected();
    const update = event(client, "fusionUpdate");
    const snapshot = served.stream.emit();
    assert.deepEqual(await update, snapshot);
    const lists: unknown[] = [];
    client.on("fusionAlerts", (list) => lists.push(list));
    alerts.fire(alert({ id: HOSTILE_TEXTS[0] ?? "", message: HOSTILE_TEXTS[0] ?? "" }));
    await waitFor(() => lists.length > 0);
    assert.deepEqual(lists[0], alerts.list());
  });

  it("in a request comes back in no header, and in no answer but JSON", async () => {
    for (const text of HOSTILE_TEXTS) {
      const encoded = encodeURIComponent(text);
      for (const path of [
        `/${encoded}`,
        `/api/fusion/history?metric=${encoded}`,
        `/api/fusion/stream?${encoded}=${encoded}`,
        `/socket.io/?EIO=4&transport=${encoded}`,
        `/socket.io/?EIO=4&transport=polling&sid=${encoded}`,
      ]) {
        const response = await served.request(path);
        isOnlyData(response, path);
        assert.ok(!JSON.stringify(response.headers).includes("hit=1"), path);
      }
      const body = JSON.stringify({ minutes: text });
      isOnlyData(await served.postInterval(body), body);
    }
  });
});

/** What a page that has it loaded as anything could not use. */
function isOnlyData({ headers, status }: Response, what: string): void {
  const type = String(headers["content-type"]);
  assert.match(type, /^(application\/json|text\/plain|application\/openmetrics-text)/, `${what}: ${status}`);
  assert.equal(headers["x-content-type-options"], "nosniff", what);
  assert.equal(headers["cross-origin-resource-policy"], "same-origin", what);
  assert.match(String(headers["content-security-policy"]), /default-src 'none'/, what);
  assert.equal(headers["set-cookie"], undefined, what);
}
