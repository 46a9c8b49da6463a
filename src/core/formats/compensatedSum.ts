import * as v from "valibot";

/** A stored sum; JSON has no word for one that left the range of numbers, and writes null. */
const TermSchema = v.pipe(
  v.nullable(v.number()),
  v.transform((term) => term ?? Number.NaN),
);

/** `compensation` is what rounding took from `sum`. */
export const CompensatedSumSchema = v.strictObject({ sum: TermSchema, compensation: TermSchema });

/** A sum that loses no small terms beside large ones (Neumaier, 1974). */
export type CompensatedSum = Readonly<v.InferOutput<typeof CompensatedSumSchema>>;

export const EMPTY_SUM: CompensatedSum = { sum: 0, compensation: 0 };

export function plus({ sum, compensation }: CompensatedSum, term: number): CompensatedSum {
  const next = sum + term;
  const lost = Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
  return { sum: next, compensation: compensation + lost };
}

/** The sum as a number; infinite or NaN where it left the range of numbers. */
export function total({ sum, compensation }: CompensatedSum): number {
  return sum + compensation;
}
