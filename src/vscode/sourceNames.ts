import type { SourceFigures } from "../protocol/health.js";

/** What tells a source from others of its name: several metrics of one file, address or glob may be read apart. */
export function nameAmongSame({ name, metrics }: Pick<SourceFigures, "name" | "metrics">): string {
  return `${name} (${metrics.join(", ")})`;
}
