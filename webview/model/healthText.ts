/** The stream's figures in words and short numbers. */
import * as l10n from "@vscode/l10n";
import { displayValue, NO_VALUE } from "../../src/protocol/display.js";
import { measuredTime } from "../../src/protocol/duration.js";
import type { SourceFigures, StreamHealth } from "../../src/protocol/health.js";
import type { Percentiles } from "../../src/protocol/status.js";

/** One figure: its value, what it is, and more for who points at it. */
export interface Tile {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly title: string | null;
}

export function healthTiles({ metrics }: StreamHealth, locale: string): Tile[] {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const { totalEmissions, failedEmissions, memory } = metrics;
  const failed = percent(failedShare(totalEmissions, failedEmissions), locale);
  return [
    tile("emissions", count(totalEmissions), l10n.t("emissions")),
    tile("failed", failed, l10n.t("failed"), count(failedEmissions)),
    tile("clients", count(metrics.connectedClients), l10n.t("clients")),
    tile(
      "uptime",
      displayValue({ value: metrics.uptime, format: "duration", unit: null }, locale),
      l10n.t("uptime"),
    ),
    timing("collect", metrics.collectMs, l10n.t("collect p95"), locale),
    timing("emit", metrics.emitMs, l10n.t("emit p95"), locale),
    tile(
      "cpu",
      percent(metrics.cpuPercent, locale),
      l10n.t("CPU"),
      l10n.t("of one core, in the last minute"),
    ),
    tile("memory", bytesText(memory.heapUsed, locale), l10n.t("memory"), processText(memory.rss, locale)),
    timing("delay", metrics.eventLoopDelayMs, l10n.t("loop delay"), locale),
  ];
}

/** A measured time (ms); a dash where nothing was measured. */
export function msText(ms: number | null, locale: string): string {
  return ms === null ? NO_VALUE : measuredTime(ms, locale);
}

export function bytesText(bytes: number | null, locale: string): string {
  return displayValue({ value: bytes, format: "bytes", unit: null }, locale);
}

export function sourceStateLabel(state: SourceFigures["state"]): string {
  switch (state) {
    case "available":
      return l10n.t("available");
    case "stale":
      return l10n.t("stale");
    case "unavailable":
      return l10n.t("unavailable");
  }
}

function failedShare(emitted: number, failed: number): number {
  return failed === 0 ? 0 : (100 * failed) / (emitted + failed);
}

function percent(value: number, locale: string): string {
  return displayValue({ value, format: "percent", unit: null, decimals: value % 1 === 0 ? 0 : 1 }, locale);
}

function processText(rss: number, locale: string): string {
  return l10n.t("heap in use; the process holds {0}", bytesText(rss, locale));
}

function timing(id: string, { p50, p95 }: Percentiles, label: string, locale: string): Tile {
  return tile(id, msText(p95, locale), label, l10n.t("half of them within {0}", msText(p50, locale)));
}

function tile(id: string, value: string, label: string, title: string | null = null): Tile {
  return { id, value, label, title };
}
