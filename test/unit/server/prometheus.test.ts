import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { SourceFigures } from "../../../src/protocol/health.js";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { type PrometheusSample, parsePrometheus } from "../../support/prometheusText.js";
import { closeAll, type ServedStream, serve } from "../../support/servedStream.js";

const SOURCE: SourceFigures = {
  ...{ kind: "file", name: "data/revenue.json", metrics: ["revenue", "churn"], state: "available" },
  ...{ readAt: "2025-11-08T17:40:38.000Z", changedAt: "2025-11-08T17:40:38.000Z", size: 1_024 },
  ...{ cost: { last: 2, p95: 4 }, lastError: null },
};

describe("GET /metrics", () => {
  let served: ServedStream;
  let sample: Metric | undefined;

  beforeEach(async () => {
    served = await serve();
    sample = served.stream.latest?.metrics.memos;
  });
  afterEach(closeAll);

  const scrape = async (metrics?: string[]): Promise<PrometheusSample[]> => {
    const token = await served.token("read", metrics);
    const { status, text } = await served.request("/metrics", { token });
    assert.equal(status, 200);
    return parsePrometheus(text);
  };
  const emit = (metrics: Record<string, Metric>) => served.stream.emit({ metrics });
  const known = (part: Partial<Metric> = {}): Metric => {
    assert.ok(sample);
    return { ...sample, ...part };
  };
  const named = (samples: readonly PrometheusSample[], name: string) =>
    samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }): Record<string, unknown> => ({ ...labels, value }));

  it("needs a token, and says what it is", async () => {
    assert.equal((await served.request("/metrics", { scope: null })).status, 401);
    const { headers } = await served.request("/metrics");
    assert.equal(headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert.equal((await served.request("/metrics", { method: "POST" })).status, 405);
    const head = await served.request("/metrics", { method: "HEAD" });
    assert.deepEqual([head.status, head.text], [200, ""]);
  });

  it("tells no number of what there is none of", async () => {
    served.stream.sources = [];
    const samples = await scrape(["nothing"]);
    const names = samples.map(({ name }) => name).filter((name) => /^fusion_(metric|source)/.test(name));
    assert.deepEqual(names, []);
  });

  it("has the stream's own figures in base units", async () => {
    served.stream.sources = [SOURCE];
    const samples = await scrape();
    const first = (name: string) => named(samples, name)[0]?.value;
    assert.equal(first("fusion_up"), 1);
    assert.equal(first("fusion_emissions_total"), 1);
    assert.equal(first("fusion_failed_emissions_total"), 0);
    assert.equal(first("fusion_interval_seconds"), 300);
    assert.equal(first("fusion_cpu_ratio"), 0.005);
    assert.equal(first("fusion_resident_memory_bytes"), 64_000_000);
    assert.deepEqual(named(samples, "fusion_collect_seconds"), [
      { quantile: "0.5", value: 0.0004 },
      { quantile: "0.95", value: 0.0012 },
    ]);
    // What was not measured is absent, and not 0.
    assert.deepEqual(named(samples, "fusion_event_loop_delay_seconds"), [{ quantile: "0.5", value: 0.0001 }]);
    const labels = { kind: "file", source: "data/revenue.json", metrics: "revenue,churn" };
    assert.deepEqual(named(samples, "fusion_source_size_bytes"), [{ ...labels, value: 1_024 }]);
    assert.deepEqual(named(samples, "fusion_source_read_seconds"), [{ ...labels, value: 0.002 }]);
  });

  it("has every number that can be had now, and tells which cannot", async () => {
    emit({
      revenue: known({ value: 12_450.5, label: "MRR", unit: "USD" }),
      driveSync: known({ value: "OK", label: "Drive sync" }),
      gone: known({ value: null, label: "Gone", available: false }),
      stale: known({ value: 3, label: "Stale", available: false, stale: true }),
    });
    const samples = await scrape();
    assert.deepEqual(named(samples, "fusion_metric"), [
      { id: "revenue", label: "MRR", unit: "USD", value: 12_450.5 },
    ]);
    assert.deepEqual(
      named(samples, "fusion_metric_available").map(({ id, value }) => [id, value]),
      [
        ["revenue", 1],
        ["driveSync", 1],
        ["gone", 0],
        ["stale", 0],
      ],
    );
  });

  it("serves its own figures before the first snapshot", async () => {
    served.stream.latest = null;
    const samples = await scrape();
    assert.deepEqual(named(samples, "fusion_metric"), []);
    assert.equal(served.stream.refreshes, 0);
  });

  it("shows a token's holder only the metrics and sources that the token names", async () => {
    served.stream.sources = [SOURCE, { ...SOURCE, name: "data/secret.json", metrics: ["secret"] }];
    const samples = await scrape(["revenue"]);
    assert.deepEqual(
      named(samples, "fusion_metric").map(({ id }) => id),
      ["revenue"],
    );
    assert.deepEqual(
      named(samples, "fusion_metric_available").map(({ id }) => id),
      ["revenue"],
    );
    assert.deepEqual(
      named(samples, "fusion_source_available").map(({ source, metrics }) => [source, metrics]),
      [["data/revenue.json", "revenue"]],
    );
  });

  it("carries names and values of any kind over unharmed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.string({ unit: fc.constantFrom("\\", '"', "\n", "{", "}", ",", "=", "a") }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        async (id, label, value) => {
          emit(Object.fromEntries([[id, known({ value, label, unit: label })]]));
          assert.deepEqual(named(await scrape(), "fusion_metric"), [
            { id, label, unit: label, value: value + 0 },
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("serves every name that the Grafana dashboard asks for", async () => {
    served.stream.sources = [SOURCE];
    const names = new Set((await scrape()).map(({ name }) => name));
    const dashboard = JSON.parse(readFileSync("docs/grafana-dashboard.json", "utf8"));
    const queries: string[] = dashboard.panels.flatMap((panel: { targets?: { expr: string }[] }) =>
      (panel.targets ?? []).map(({ expr }) => expr),
    );
    const variables: string[] = dashboard.templating.list.map(({ query }: { query: unknown }) =>
      JSON.stringify(query),
    );
    const asked = [...queries, ...variables].flatMap((text) => text.match(/\bfusion_\w+/g) ?? []);
    assert.ok(asked.length >= 10);
    assert.deepEqual(
      asked.filter((name) => !names.has(name)),
      [],
    );
  });
});
