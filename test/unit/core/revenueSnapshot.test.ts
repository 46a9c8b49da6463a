import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRevenueSnapshot } from "../../../src/core/sources/revenueSnapshot.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

const parse = (value: unknown) => parseRevenueSnapshot(JSON.stringify(value));

describe("revenue snapshot", () => {
  it("finds MRR under each name, at the root and in its groups", async () => {
    for (const key of ["mrr", "MRR", "monthlyRecurringRevenue", "monthly_recurring_revenue"]) {
      for (const document of [
        { [key]: 12450 },
        { revenue: { [key]: 12450 } },
        { metrics: { [key]: 12450 } },
      ]) {
        assert.equal((await parse(document)).mrr, 12450);
      }
    }
  });

  it("takes the currency beside it, at the root or in another group, else USD", async () => {
    assert.equal((await parse({ mrr: 1 })).currency, "USD");
    assert.equal((await parse({ mrr: 1, currency: "EUR" })).currency, "EUR");
    assert.equal((await parse({ currency: "EUR", revenue: { mrr: 1 } })).currency, "EUR");
    assert.equal((await parse({ currency: "EUR", revenue: { mrr: 1, currency: "EGP" } })).currency, "EGP");
    assert.equal((await parse({ mrr: 1, revenue: { currency: "EUR" } })).currency, "EUR");
    assert.equal((await parse({ metrics: { mrr: 5 }, revenue: { currency: "GBP" } })).currency, "GBP");
    assert.equal((await parse({ revenue: { mrr: 1 }, metrics: { currency: "EUR" } })).currency, "EUR");
  });

  it("keeps negative and fractional amounts as they are", async () => {
    assert.equal((await parse({ mrr: -5.25 })).mrr, -5.25);
  });

  it("refuses what is no amount, with its line", async () => {
    for (const wrong of ["12450", "1,234", "", null, true, [5], {}]) {
      await assert.rejects(parse({ mrr: wrong }), SourceError, JSON.stringify(wrong));
    }
    for (const text of ['{\n\n"mrr": 1e400}', '{\n\n"mrr": 9007199254740993}']) {
      await assert.rejects(
        parseRevenueSnapshot(text),
        (error) => error instanceof SourceError && error.line === 3,
      );
    }
    for (const wrong of [
      {},
      [],
      5,
      { revenue: 5 },
      { mrr: 1, currency: "dollars" },
      { mrr: 1, currency: 5 },
    ]) {
      await assert.rejects(parse(wrong), SourceError, JSON.stringify(wrong));
    }
  });

  it("gives exactly the number of the file", async () => {
    const amounts = fc.oneof(fc.maxSafeInteger(), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(amounts, async (mrr) => {
        assert.equal((await parse({ mrr })).mrr, JSON.parse(JSON.stringify(mrr)));
      }),
    );
  });
});
