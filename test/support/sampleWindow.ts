import { type SampleWorkspace, sampleWorkspace } from "./sampleWorkspace.js";
import { launchWorkbench, type Workbench } from "./workbench.js";

interface SampleWindow {
  /** Absolute path of the sample's copy. */
  readonly folder: string;
  readonly workbench: Workbench;
}

/** A window on a copy of the sample, for all tests of a `describe`; to be looked at in tests only. */
export function useSampleWindow(): SampleWindow {
  let sample: SampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    sample = await sampleWorkspace();
    workbench = await launchWorkbench({ folder: sample.folder });
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
  });

  return {
    get folder() {
      return sample.folder;
    },
    get workbench() {
      return workbench;
    },
  };
}
