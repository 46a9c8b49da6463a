/** @typedef {{ passed: number; failed: number; failures?: string[] }} Tally `failures` are the titles of what failed */

/** @type {Tally} */
export const PASSED = { passed: 1, failed: 0 };

/** @type {Tally} */
export const FAILED = { passed: 0, failed: 1 };

/** @param {Tally[]} tallies */
export function sum(tallies) {
  return tallies.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  );
}
