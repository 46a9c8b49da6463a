/** The stream's figures and every number it has, in Prometheus' text format. */
import { Counter, Gauge, Registry } from "prom-client";
import type { StreamHealth } from "../protocol/health.js";
import type { Percentiles } from "../protocol/status.js";
import type { SnapshotView } from "./views.js";

interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

type Sample = readonly [value: number | null, labels?: Readonly<Record<string, string>>];

/**
 * A scrape's answer. Each has a registry of its own: what a source or a metric was called yesterday is not told today,
 * and one client's view is not told to another.
 * @param health as this client may see it
 * @param view likewise; `null` before the first snapshot
 */
export async function exposition(health: StreamHealth, view: SnapshotView | null): Promise<Exposition> {
  const registry = new Registry();
  const tell: Tell = (name, help, samples) => {
    // A gauge without labels begins at 0, which nobody measured.
    if (samples.length === 0) return;
    const labelNames = Object.keys(samples[0]?.[1] ?? {});
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const [value, labels = {}] of samples) if (value !== null) gauge.set({ ...labels }, value);
  };
  const { totalEmissions, failedEmissions } = health.metrics;
  new Counter({
    name: "fusion_emissions_total",
    help: "Emissions since the stream began",
    registers: [registry],
  }).inc(totalEmissions);
  new Counter({
    name: "fusion_failed_emissions_total",
    help: "Emissions that failed since the stream began",
    registers: [registry],
  }).inc(failedEmissions);
  tellStream(tell, health);
  tellSources(tell, health);
  if (view) tellMetrics(tell, view);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

type Tell = (name: string, help: string, samples: readonly Sample[]) => void;

function tellStream(tell: Tell, { metrics, status }: StreamHealth): void {
  tell("fusion_up", "Whether the stream is active", [[status === "active" ? 1 : 0]]);
  tell("fusion_connected_clients", "Socket.IO clients", [[metrics.connectedClients]]);
  tell("fusion_uptime_seconds", "Time since the stream began", [[metrics.uptime]]);
  tell("fusion_interval_seconds", "Time between emissions when no file changes", [
    [metrics.interval.minutes * 60],
  ]);
  tell("fusion_collect_seconds", "Time to collect, of the last emissions", quantiles(metrics.collectMs));
  tell("fusion_emit_seconds", "Time to hand an emission to every ready client", quantiles(metrics.emitMs));
  tell(
    "fusion_event_loop_delay_seconds",
    "How late the stream's timer fired",
    quantiles(metrics.eventLoopDelayMs),
  );
  tell("fusion_cpu_ratio", "CPU of the process over the last minute, 1 for a whole core", [
    [metrics.cpuPercent / 100],
  ]);
  tell("fusion_resident_memory_bytes", "Memory of the process", [[metrics.memory.rss]]);
  tell("fusion_heap_bytes", "Heap in use", [[metrics.memory.heapUsed]]);
}

function tellSources(tell: Tell, { sources }: StreamHealth): void {
  const ofEach = (figureOf: (source: StreamHealth["sources"][number]) => number | null): Sample[] =>
    sources.map((source) => [
      figureOf(source),
      { kind: source.kind, source: source.name, metrics: source.metrics.join() },
    ]);
  tell(
    "fusion_source_available",
    "Whether a source could be read just now",
    ofEach(({ state }) => (state === "available" ? 1 : 0)),
  );
  tell(
    "fusion_source_size_bytes",
    "Size of a file",
    ofEach(({ size }) => size),
  );
  tell(
    "fusion_source_read_seconds",
    "Time that the last reading of a source took",
    ofEach(({ cost }) => seconds(cost.last)),
  );
  tell(
    "fusion_source_changed_timestamp_seconds",
    "When the content of a source was last found changed",
    ofEach(({ changedAt }) => (changedAt === null ? null : seconds(Date.parse(changedAt)))),
  );
}

/** A value that is not to be had now is left out: the last good one would be drawn as if it were still so. */
function tellMetrics(tell: Tell, { metrics }: SnapshotView): void {
  const entries = Object.entries(metrics);
  tell(
    "fusion_metric",
    "Value of a metric that is a number",
    entries.map(([id, { value, available, label, unit }]) => [
      available && typeof value === "number" ? value : null,
      { id, label, unit: unit ?? "" },
    ]),
  );
  tell(
    "fusion_metric_available",
    "Whether a metric could be read just now",
    entries.map(([id, { available, label }]) => [available ? 1 : 0, { id, label }]),
  );
}

function quantiles({ p50, p95 }: Percentiles): Sample[] {
  return [
    [seconds(p50), { quantile: "0.5" }],
    [seconds(p95), { quantile: "0.95" }],
  ];
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
