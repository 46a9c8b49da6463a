/** How the trend's lines are told apart: by the theme's colours, and without them by their strokes. */
const LOOKS: readonly { readonly colour: string; readonly dash: readonly number[] }[] = [
  { colour: "--trend-1", dash: [] },
  { colour: "--trend-2", dash: [8, 2] },
  { colour: "--trend-3", dash: [3, 2] },
  { colour: "--trend-4", dash: [10, 2, 2, 2] },
];

/** More scales than this leave no room between their axes. */
export const MOST_METRICS = LOOKS.length;

/**
 * The custom property of trend.css that holds a line's colour, and the lengths (px) of its strokes and gaps.
 * @param index of the metric among those shown
 */
export function trendLook(index: number) {
  return LOOKS[index % LOOKS.length] as (typeof LOOKS)[number];
}
