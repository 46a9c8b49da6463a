import assert from "node:assert/strict";
import { checkAlert, sameAlert } from "../../../../src/core/alerts/alertEntry.js";

describe("an alert as fusion.json holds it", () => {
  it("is read with its defaults filled in", () => {
    const { definition } = checkAlert({ metric: "someOther", below: 5, for: "10m" });
    assert.deepEqual(definition?.condition, { kind: "below", threshold: 5, clearAbove: null });
    assert.equal(definition?.forMs, 600_000);
    assert.equal(definition?.severity, "warning");
  });

  it("is refused in the parser's own words", () => {
    assert.match(checkAlert({ metric: "memos", above: "many" }).problem ?? "", /^"above" must be a number/);
    assert.match(checkAlert({ metric: "memos", risesBy: 0 }).problem ?? "", /number above 0/);
    assert.match(checkAlert({ metric: "memos", noDataFor: "soon" }).problem ?? "", /must be a time/);
  });

  it("is the same as one that watches for the same, however it is written", () => {
    const { definition } = checkAlert({ metric: "memos", below: 5, for: "60m" });
    const { definition: same } = checkAlert({ severity: "error", for: "1h", below: 5.0, metric: "memos" });
    const { definition: other } = checkAlert({ metric: "memos", below: 6, for: "1h" });
    assert.ok(definition && same && other);
    assert.equal(sameAlert(definition, [other, same]), same);
    assert.equal(sameAlert(definition, [other]), null);
  });
});
