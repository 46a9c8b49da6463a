import { sampleWorkspace } from "../../support/sampleWorkspace.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { FusionCli } from "./programs.js";

/** Gives `use` a copy of the sample folder and the command that serves it, and clears up after it. */
export async function onSampleFolder(use: (folder: string, cli: FusionCli) => Promise<void>): Promise<void> {
  const sample = await sampleWorkspace();
  const state = new TemporaryFolder();
  try {
    await use(sample.folder, new FusionCli(sample.folder, state.path));
  } finally {
    state.dispose();
    await sample.remove();
  }
}
