/**
 * A share in percent, 0 to 100 with at most one decimal. Only everything is 100, and only nothing is 0.
 * @param total more than 0
 */
export function percentage(done: number, total: number): number {
  if (done === 0) return 0;
  if (done === total) return 100;
  return Math.min(99.9, Math.max(0.1, Math.round((done / total) * 1000) / 10));
}
