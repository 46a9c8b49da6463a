import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";
import { note } from "../figures.js";

describe("activation", () => {
  it("is measured", async () => {
    await activeExtension();
    const at = (mark: string) =>
      waitFor(() => performance.getEntriesByName(mark)[0]?.startTime, { message: mark });
    const start = await at("fusion/activate/start");
    const end = await at("fusion/activate/end");
    const firstNumber = await at("fusion/statusBar/firstNumber");
    note({ name: "activation on the host's loop", value: end - start, bound: 10, unit: "ms" });
    note({ name: "activation to first number", value: firstNumber - start, bound: 300, unit: "ms" });
  });
});
