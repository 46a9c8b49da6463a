/** How long the headless server takes from its start to its first good answer. */
import { benchmark } from "../support/benchmark.js";
import { compare, elapsed } from "../support/compare.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { type Program, plainServer } from "../support/programs.js";

async function startTime(start: () => Promise<Program>, token: string): Promise<number> {
  let program: Program | undefined;
  try {
    return await elapsed(async () => {
      program = await start();
      await program.answered(token);
    });
  } finally {
    await program?.stop();
  }
}

benchmark({
  "headless start": () =>
    onSampleFolder(async (folder, cli) => {
      const token = cli.token();
      await compare(
        { name: "headless start to the first good answer", unit: "ms", bound: 0.65, rounds: 11 },
        () => startTime(() => cli.serve(), token),
        () => startTime(() => plainServer(folder), ""),
      );
    }),
});
