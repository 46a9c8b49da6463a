/**
 * How much evenly spaced values grow from the first to the last, along the straight line that fits them best: one that
 * stands out says little. NaN for fewer than two.
 */
export function growth(values: readonly number[]): number {
  const last = values.length - 1;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  for (const [index, value] of values.entries()) {
    const distance = index - last / 2;
    covariance += distance * (value - mean);
    variance += distance ** 2;
  }
  return (covariance / variance) * last;
}
