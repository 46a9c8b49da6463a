/**
 * How long the headless server takes from its start to its first good answer: where it was started before, so that it finds
 * compiled what it kept then, and on its very first start.
 */
import { existsSync } from "node:fs";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { note, percentile } from "../figures.js";
import { benchmark } from "../support/benchmark.js";
import { compare, elapsed } from "../support/compare.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { FusionCli, type Program, plainServer } from "../support/programs.js";

const FIRST_STARTS = 5;

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

async function firstStartTime(folder: string): Promise<number> {
  const state = new TemporaryFolder();
  try {
    const cli = new FusionCli(folder, state.path);
    const token = cli.token();
    return await startTime(() => cli.serve(), token);
  } finally {
    state.dispose();
  }
}

/** Runs the server until it has kept what it compiled. */
async function startBefore(cli: FusionCli): Promise<void> {
  const server = await cli.serve();
  try {
    await waitFor(() => existsSync(cli.compiled), { message: "the compiled code" });
  } finally {
    await server.stop();
  }
}

benchmark({
  "headless start": () =>
    onSampleFolder(async (folder, cli) => {
      const token = cli.token();
      await startBefore(cli);
      await compare(
        { name: "headless start to the first good answer", unit: "ms", bound: 0.65, rounds: 11 },
        () => startTime(() => cli.serve(), token),
        () => startTime(() => plainServer(folder), ""),
      );
      const first: number[] = [];
      for (let count = 0; count < FIRST_STARTS; count++) first.push(await firstStartTime(folder));
      const name = "headless start to the first good answer, the very first";
      note({ name, unit: "ms", value: percentile(first, 50), bound: null });
    }),
});
