import { isExact } from "./scalar.js";

/** A number's decimal digits as a whole number, and the power of ten that they are multiplied by. */
function digitsOf(value: number): readonly [digits: bigint, exponent: number] {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

/**
 * A number times a metric's scale, multiplied in decimal digits as they are written: 4.35 times 0.01 is 0.0435.
 * @returns `null` where the product cannot be kept: too large, or so small that it would be 0
 */
export function scaledNumber(value: number, scale: number): number | null {
  const [digits, exponent] = digitsOf(value);
  const [factor, shift] = digitsOf(scale);
  const product = Number(`${digits * factor}e${exponent + shift}`);
  return isExact(product) && (product !== 0 || value === 0) ? product : null;
}

/** Why there is no scaled number. */
export function whyNotScaled(value: number, scale: number): string {
  return `${value} × ${scale} is too large or too small to be kept exactly.`;
}
