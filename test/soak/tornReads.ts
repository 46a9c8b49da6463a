/** Rewrites and renames in the numbers that are promised. */
import { note } from "../bench/figures.js";
import { benchmark } from "../bench/support/benchmark.js";
import { followRenames, followRewrites } from "../support/rewrittenFile.js";

async function rewrites(count: number, way: "place" | "rename", name: string): Promise<void> {
  const { published, torn } = await followRewrites(count, way);
  note({ name: `${name}: published`, value: published, unit: "values", bound: null });
  note({ name: `${name}: torn`, value: torn, unit: "values", bound: 0 });
}

async function renames(count: number, name: string): Promise<void> {
  const begin = performance.now();
  // Ends with an error where one is missed.
  await followRenames(count);
  note({ name, value: (performance.now() - begin) / count, unit: "ms each", bound: null });
}

benchmark({
  "10,000 rewrites in place": () => rewrites(10_000, "place", "10,000 rewrites in place"),
  "1,000 renames in a row": () => rewrites(1_000, "rename", "1,000 renames in a row"),
  "1,000 renames, each shown": () => renames(1_000, "1,000 renames, each shown"),
});
