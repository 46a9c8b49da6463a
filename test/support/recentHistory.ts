/** Two days of believable values with a night that nobody observed, as the history keeps it. */
import { MemoryStore } from "../../src/core/history/memoryStore.js";

const MINUTE_MS = 60_000;
/** Ten minutes between two observations. */
const STEP_MS = 10 * MINUTE_MS;

/**
 * @param now epoch milliseconds, where it ends
 * @param every milliseconds between two observations
 */
export function recentHistory(now: number, hours = 47, every = STEP_MS): MemoryStore {
  const store = new MemoryStore();
  for (let at = now - hours * 60 * MINUTE_MS; at <= now; at += every) {
    const step = (now - at) / STEP_MS;
    if (step > 60 && step < 90) continue;
    const wave = Math.sin(step / 15) * 300 + Math.sin(step / 3) * 60;
    store.record({
      at,
      values: new Map<string, number | string>([
        ["revenue", Math.round(12_450 - step * 4 + wave)],
        ["memos", 17 - Math.floor(step / 40)],
        ["driveSync", step % 50 < 4 ? "ERROR" : "OK"],
        ["recommendations", 5 + (Math.floor(step * 10) % 7)],
      ]),
    });
  }
  return store;
}
