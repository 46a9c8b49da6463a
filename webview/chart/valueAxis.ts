/** The arithmetic of a value's axis. */
import uPlot from "uplot";
import type { MetricValue } from "../../src/protocol/snapshot.js";

/** A value that never changed stands in the middle of this part of itself. */
const FLAT_PART = 0.02;

/** From where to where an axis reaches: near the values, however short they have been recorded. */
export function valueRange(least: number | null, most: number | null, whole: boolean): [number, number] {
  if (least === null || most === null) return [0, 1];
  if (least !== most) {
    const [from, to] = uPlot.rangeNum(least, most, 0.1, true);
    return [from ?? least, to ?? most];
  }
  const room = Math.max(Math.abs(least) * FLAT_PART, whole || least === 0 ? 1 : 0);
  return [least - room, least + room];
}

/** What may lie between two labels, from small to large; of whole numbers nothing less than 1. */
export function increments(whole: boolean): number[] {
  const all: number[] = [];
  for (let power = -24; power <= 300; power++) {
    for (const digits of [1, 2, 2.5, 5]) all.push(Number(`${digits}e${power}`));
  }
  return whole ? all.filter((each) => Number.isInteger(each)) : all;
}

export function areWhole(values: readonly MetricValue[]): boolean {
  return values.every((value) => value === null || Number.isInteger(value));
}
