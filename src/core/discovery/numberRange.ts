/** What the numbers of a field are like. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly hasFractions: boolean;
}

export function rangeOf(value: number): NumberRange {
  return { least: value, most: value, hasFractions: !Number.isInteger(value) };
}

/** The range that has one more number; `null` where there was none before. */
export function widened(range: NumberRange | null, value: number): NumberRange {
  if (range === null) return rangeOf(value);
  return {
    least: Math.min(range.least, value),
    most: Math.max(range.most, value),
    hasFractions: range.hasFractions || !Number.isInteger(value),
  };
}

/** How far from 0 the farthest of them is. */
export function reachOf({ least, most }: NumberRange): number {
  return Math.max(Math.abs(least), Math.abs(most));
}
