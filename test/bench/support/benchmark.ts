import { note } from "../figures.js";

/**
 * Measures one after the other, then ends the process. What cannot be measured is told as a figure of its name, and the
 * others are measured all the same.
 */
export function benchmark(measurements: Readonly<Record<string, () => Promise<void>>>): void {
  void runAll(measurements).then(() => process.exit());
}

async function runAll(measurements: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  for (const [name, measure] of Object.entries(measurements)) {
    try {
      await measure();
    } catch (error) {
      note({ name, failure: error instanceof Error ? error.message : String(error) });
    }
  }
}
