import type { MetricShape, Source, SourceResult } from "./source.js";

const NO_FOLDERS: readonly string[] = [];

/** A source around another one, which it is but for how it is collected from. */
export abstract class WrappedSource implements Source {
  constructor(protected readonly source: Source) {}

  get metrics(): Readonly<Record<string, MetricShape>> {
    return this.source.metrics;
  }

  get optional(): boolean {
    return this.source.optional;
  }

  get folders(): readonly string[] {
    return this.source.folders ?? NO_FOLDERS;
  }

  glance(tell: (result: SourceResult | null) => void): void {
    if (this.source.glance) this.source.glance(tell);
    else tell(null);
  }

  abstract collect(): Promise<SourceResult>;
}
