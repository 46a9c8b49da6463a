import assert from "node:assert/strict";
import { savedReading, valuesIn } from "../../../support/discovery.js";

describe("how values of a file are proposed to be shown", () => {
  it("is an amount in what stands beside it, also where that is no currency to fusion.json", async () => {
    const text = '{"wallet": {"currency": "BTC", "balance": 2}, "till": {"currency": "EUR", "balance": 4}}';
    const balances = (await valuesIn("money.json", text)).filter(({ name }) => name === "balance");
    assert.deepEqual(
      balances.map(({ metric: { format, unit } }) => [format, unit]),
      [
        [null, "BTC"],
        ["currency", "EUR"],
      ],
    );
    for (const balance of balances)
      assert.equal(await savedReading("money.json", text, balance), balance.metric.value);
  });

  it("shows values by their names: money, percent, bytes, times and dates", async () => {
    const text = JSON.stringify({
      currency: "EUR",
      mrr: 12450,
      price_usd: 3,
      churnRate: 0.045,
      progressPercent: 12,
      diskMb: 3,
      latencyMs: 12,
      uptime: 90,
      updatedAt: 1_762_623_638,
      createdAt: "2025-11-08T17:40:38Z",
      note: "as it is",
    });
    const shown = (await valuesIn("stats.json", text)).map(({ name, metric: { format, unit, scale } }) =>
      [name, format, unit, scale].join(" "),
    );
    assert.deepEqual(shown, [
      "currency   1",
      "mrr currency EUR 1",
      "price_usd currency USD 1",
      "churnRate percent  100",
      "progressPercent percent  1",
      "diskMb bytes  1048576",
      "latencyMs  ms 1",
      "uptime duration  1",
      "updatedAt date  1000",
      "createdAt date  1",
      "note   1",
    ]);
  });

  it("is an amount in the currency that its name ends with, and none where its name ends with another thing", async () => {
    const displays = async (value: object) =>
      (await valuesIn("stats.json", JSON.stringify(value))).map(
        ({ name, metric: { format, unit, scale } }) => `${name} ${format} ${unit} ${scale}`,
      );
    assert.deepEqual(
      await displays({
        currency: "EUR",
        price_krw: 1200,
        revenueBRL: 12,
        cost_cny: 7,
        price_mxn: 20,
        salary_huf: 9,
        amount_clp: 3,
        cost_all: 4,
        fee: 2,
      }).then((all) => all.slice(1)),
      [
        "price_krw currency KRW 1",
        "revenueBRL currency BRL 1",
        "cost_cny currency CNY 1",
        "price_mxn currency MXN 1",
        "salary_huf currency HUF 1",
        "amount_clp currency CLP 1",
        "cost_all currency EUR 1",
        "fee currency EUR 1",
      ],
    );
    assert.deepEqual(
      await displays({
        price_count: 4,
        revenue_growth: 0.12,
        profit_margin: 0.3,
        fee_rate: 250,
        invoice_number: 17,
        krw: 5,
        budget_share: 0.4,
      }),
      [
        "price_count null null 1",
        "revenue_growth null null 1",
        "profit_margin null null 1",
        "fee_rate null null 1",
        "invoice_number null null 1",
        "krw null null 1",
        "budget_share percent null 100",
      ],
    );
  });
});
