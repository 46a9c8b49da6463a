/** Rotations at 1,000 lines a second in the numbers that are promised. */
import { note } from "../bench/figures.js";
import { benchmark } from "../bench/support/benchmark.js";
import { followRotations, type Rotation } from "../support/rotatedLog.js";

const ROTATIONS = 20;
const LINES_EACH = 1_000;

async function rotations(way: Rotation, name: string): Promise<void> {
  const { written, counted, most } = await followRotations(way, ROTATIONS, LINES_EACH);
  note({ name: `${name}: written`, value: written, unit: "lines", bound: null });
  // Between two looks at one file that is truncated lines may come and go.
  const bound = way === "copy" ? null : 0;
  note({ name: `${name}: missed`, value: written - counted, unit: "lines", bound });
  note({ name: `${name}: counted twice`, value: Math.max(0, most - written), unit: "lines", bound: 0 });
}

const ways = ["rename", "create", "copy", "even"] satisfies Rotation[];
benchmark(
  Object.fromEntries(
    ways.map((way) => {
      const name = `${ROTATIONS} rotations by ${way}`;
      return [name, () => rotations(way, name)];
    }),
  ),
);
