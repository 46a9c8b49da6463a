/** Digits with separators that no reading takes for a number: `1,249.00`, `1'249` or `3,5`. */
const OTHERWISE = /^[+-]?\d[\d.,'\s]*\d$/;
/** A number whose last comma can only part its decimals: `3,5` or `1.234,50`. */
const DECIMAL_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})$|^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/;
/** A number whose points may part its thousands. */
const THOUSANDS = /^[+-]?\d{1,3}(?:\.\d{3})+$/;

/** Whether a text that is no number was meant as one. */
export function isMeantAsNumber(text: string): boolean {
  return OTHERWISE.test(text);
}

/** Whether a table's cells have their decimals behind a comma. */
export function hasDecimalComma(cells: readonly string[]): boolean {
  return cells.some((cell) => DECIMAL_COMMA.test(cell));
}

/** Whether all points in a column's cells may part thousands: `1.200` is a thousand times 1.2 where commas part decimals. */
export function hasOnlyThousands(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => /^[+-]?\d+\.\d+$/.test(cell));
  return pointed.length > 0 && pointed.every((cell) => THOUSANDS.test(cell));
}
