import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";
import { note } from "../figures.js";

describe("activation", () => {
  it("is measured", async () => {
    await activeExtension();
    const [start, end] = [await at("fusion/activate/start"), await at("fusion/activate/end")];
    const bare = (await at("bare/activate/end")) - (await at("bare/activate/start"));
    const firstNumber = await at("fusion/statusBar/firstNumber");
    note({ name: "activation on the host's loop", value: end - start, bound: 10, unit: "ms" });
    note({
      name: "the same, against an extension that only registers as much",
      value: end - start,
      baseline: bare,
      bound: null,
      unit: "ms",
    });
    note({ name: "activation to first number", value: firstNumber - start, bound: 300, unit: "ms" });
  });
});

/** Milliseconds: when this was marked. */
function at(mark: string): Promise<number> {
  return waitFor(() => performance.getEntriesByName(mark)[0]?.startTime, { message: mark });
}
