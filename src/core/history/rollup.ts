/** What is kept of a metric's numbers in one stretch of time: enough to draw it with its true extremes. */
export interface Rollup {
  /** Beginning of the stretch, epoch milliseconds. */
  readonly bucket: number;
  readonly firstAt: number;
  readonly first: number;
  readonly lastAt: number;
  readonly last: number;
  /** Of several equal ones, the earliest; likewise for the maximum. */
  readonly minAt: number;
  readonly min: number;
  readonly maxAt: number;
  readonly max: number;
  /** Changes in the stretch. */
  readonly count: number;
}

export type NumberPoint = readonly [at: number, value: number];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Lengths of the stretches, from fine to coarse. They begin at UTC's, so no local night lacks or doubles one. */
export const ROLLUP_LEVELS = [MINUTE_MS, HOUR_MS, DAY_MS] as const;

export function bucketOf(at: number, size: number): number {
  return Math.floor(at / size) * size;
}

export function rollupOf([at, value]: NumberPoint, size: number): Rollup {
  return {
    bucket: bucketOf(at, size),
    firstAt: at,
    first: value,
    lastAt: at,
    last: value,
    minAt: at,
    min: value,
    maxAt: at,
    max: value,
    count: 1,
  };
}

/** Two rollups of one stretch as one, whichever of them is the earlier. */
export function mergeRollups(a: Rollup, b: Rollup): Rollup {
  const first = a.firstAt <= b.firstAt ? a : b;
  const last = a.lastAt > b.lastAt ? a : b;
  const min = a.min < b.min || (a.min === b.min && a.minAt <= b.minAt) ? a : b;
  const max = a.max > b.max || (a.max === b.max && a.maxAt <= b.maxAt) ? a : b;
  return {
    bucket: a.bucket,
    firstAt: first.firstAt,
    first: first.first,
    lastAt: last.lastAt,
    last: last.last,
    minAt: min.minAt,
    min: min.min,
    maxAt: max.maxAt,
    max: max.max,
    count: a.count + b.count,
  };
}

/** The changes that a rollup still knows, in the order of time. */
export function rollupPoints({
  firstAt,
  first,
  lastAt,
  last,
  minAt,
  min,
  maxAt,
  max,
}: Rollup): NumberPoint[] {
  const byTime = new Map([
    [firstAt, first],
    [minAt, min],
    [maxAt, max],
    [lastAt, last],
  ]);
  return [...byTime].sort(([a], [b]) => a - b);
}

/** Whether the rollup tells of such a change already. */
export function rollupKnows(rollup: Rollup, [at, value]: NumberPoint): boolean {
  return at >= rollup.firstAt && at <= rollup.lastAt && value >= rollup.min && value <= rollup.max;
}
