/** The CPU is told of this long (ms). */
const SPAN_MS = 60_000;

/** Samples closer to each other than this (ms) say nothing more. */
const MIN_STEP_MS = 1_000;

interface Sample {
  /** Milliseconds since any moment. */
  readonly at: number;
  /** Microseconds of CPU, of all threads. */
  readonly used: number;
}

/** What this process takes of the machine. It is sampled when somebody comes by, and keeps no timer for it. */
export class ProcessLoad {
  private samples: Sample[] = [measured()];

  /** Takes a sample, where the last one is a second old. */
  sample(): void {
    const sample = measured();
    const last = this.samples.at(-1);
    if (last && sample.at - last.at < MIN_STEP_MS) return;
    this.samples.push(sample);
    // The first one that is a minute old stays, so that there is always a span to tell of.
    while (sample.at - (this.samples[1]?.at ?? sample.at) >= SPAN_MS) this.samples.shift();
  }

  /** Percent of one core over the last minute, or since the last sample before it; may exceed 100 on several. */
  cpuPercent(): number {
    this.sample();
    const now = measured();
    const since = this.samples[0] ?? now;
    const elapsed = now.at - since.at;
    return elapsed > 0 ? Math.round((now.used - since.used) / elapsed) / 10 : 0;
  }

  /** Bytes. */
  memory(): { readonly rss: number; readonly heapUsed: number } {
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  }
}

function measured(): Sample {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), used: user + system };
}
