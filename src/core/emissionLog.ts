/** The lines of the emission log, as the output channel and a terminal show them. */
import type { MetricValue, Snapshot } from "../protocol/snapshot.js";

export function startLine(intervalMinutes: number): string {
  return `🟢 Fusion Data Stream Active – Interval: ${intervalMinutes} min`;
}

export function emissionLines(snapshot: Snapshot, emission: number, connectedClients: number): string[] {
  const { memos, revenue, driveSync } = snapshot;
  const currency = snapshot.metrics.revenue?.unit ?? "USD";
  const amount = revenue === null ? "n/a" : currency === "USD" ? `$${revenue}` : `${revenue} ${currency}`;
  return [
    `📤 Fusion update emitted [${emission}] at ${snapshot.timestamp}`,
    `   └─ Connected clients: ${connectedClients}`,
    `   └─ Data: ${shown(memos)} memos, ${amount} MRR, Drive: ${shown(driveSync)}`,
  ];
}

/**
 * What is wrong with the sources, a line each; logged when it changes.
 * @param unread ids of metrics whose first reading is under way: nothing is wrong with them
 */
export function troubleLines(snapshot: Snapshot, unread: readonly string[]): string[] {
  const awaited = new Set(unread);
  const read = Object.entries(snapshot.metrics).filter(([id]) => !awaited.has(id));
  const troubles = read.flatMap(([, { error }]) => error ?? []);
  return [...new Set(troubles)].map((trouble) => `⚠️ ${trouble}`);
}

function shown(value: MetricValue): MetricValue {
  return value ?? "n/a";
}
