import assert from "node:assert/strict";
import { cards } from "../../../support/discovery.js";

describe("how a value is proposed to be shown", () => {
  const card = async (key: string, value: number) => {
    const [only = ""] = await cards("stats.json", JSON.stringify({ [key]: value }));
    return only.replace(/^.*?: /, "");
  };

  describe("as a share", () => {
    it("has one measure for all that is made of a field, and no sum", async () => {
      assert.deepEqual(await cards("ga.csv", "Bounce rate\n0.4523\n1\n0.51\n"), [
        "Ga: 3",
        "Bounce rate: 51 %",
        "Average bounce rate: 65.41 %",
        "Lowest bounce rate: 45.23 %",
        "Highest bounce rate: 100 %",
      ]);
      assert.deepEqual((await cards("a.csv", "error_rate\n0.02\n0\n")).slice(1, 3), [
        "Error rate: 0 %",
        "Average error rate: 1 %",
      ]);
      assert.deepEqual((await cards("a.csv", "error_rate\n12\n0.5\n")).slice(1, 3), [
        "Error rate: 0.5 %",
        "Average error rate: 6.25 %",
      ]);
      const list = JSON.stringify([{ coverage: 1 }, { coverage: 0.5 }, { coverage: 1 }]);
      assert.ok((await cards("a.json", list)).includes("Coverage: 100 %"));
    });

    it("stands alone where it has no field", async () => {
      assert.equal(await card("error_rate", 0.02), "2 %");
      assert.equal(await card("error_rate", 2), "2 %");
      assert.equal(await card("Rate (%)", 0.5), "0.5 %");
    });
  });
});
