import assert from "node:assert/strict";
import { parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";

const warned = (id: string) =>
  parseFusionConfig(JSON.stringify({ cards: [id], alerts: [{ metric: id, above: 1 }] })).problems.length;

describe("a metric's name in fusion.json", () => {
  it("may be that of another extension, there or not", () => {
    for (const id of ["acme.ci/queue", "Ms-Acme.ci_tools/long-name"]) assert.equal(warned(id), 0, id);
  });

  it("is warned of where nothing can have it", () => {
    for (const id of ["acme/queue", "acme.ci", "acme.ci/", "acme.ci/2", "a b.c/d"])
      assert.equal(warned(id), 2, id);
  });
});
