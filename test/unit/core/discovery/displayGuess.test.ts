import assert from "node:assert/strict";
import { cards } from "../../../support/discovery.js";

describe("how a value is proposed to be shown", () => {
  const card = async (key: string, value: number) => {
    const [only = ""] = await cards("stats.json", JSON.stringify({ [key]: value }));
    return only.replace(/^.*?: /, "");
  };
  const cardOf = async (file: string, text: string, label: string) => {
    const found = (await cards(file, text)).find((each) => each.startsWith(`${label}: `));
    return found?.slice(label.length + 2);
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

    it("is none where its key names another rate, nor a ratio above 1", async () => {
      assert.equal(await card("heart_rate", 72), "72");
      assert.equal(await card("exchangeRate", 1.08), "1.08");
      assert.equal(await card("frame_rate", 60), "60");
      assert.equal(await card("aspect_ratio", 0.75), "0.75");
      assert.equal(await card("debt_ratio", 1.78), "1.78");
      assert.equal(await card("debt_ratio", 1), "100 %");
      assert.equal(await card("debt_ratio", 0.4), "40 %");
      assert.ok((await cards("a.csv", "hit ratio\n1.2\n0.5\n")).includes("Hit ratio: 0.5"));
    });
  });
  describe("as an amount", () => {
    it("is in the currency that its object or list names, however it is written", async () => {
      const documents = [
        { amount: 5, currency: "eur" },
        { amount: 5, currencyCode: "EUR" },
        { currency: "EUR", totals: { amount: 5 } },
        { currency: "EUR", lines: [{ amount: 5 }] },
        { currency: "USD", lines: [{ amount: 5, Currency: "EUR" }] },
        [{ amount: { amount: 5, currency: "EUR" }, currency: "USD" }],
      ];
      for (const document of documents) {
        const text = JSON.stringify(document);
        const shown = (await cards("a.json", text)).filter((each) => /amount: /i.test(each));
        assert.ok(shown.length > 0 && shown.every((each) => each.endsWith("€5")), `${text}: ${shown}`);
      }
      assert.equal(await cardOf("a.csv", "Price,Currency\n5,eur\n", "Price"), "€5");
      assert.equal(await cardOf("a.csv", "Price,Currency\n4,n/a\n5,EUR\n", "Price"), "€5");
    });

    it("is none of one currency where there are several", async () => {
      assert.equal(await cardOf("a.csv", "Cost,Currency\n4,USD\n5,EUR\n", "Cost"), "5");
      assert.equal(await cardOf("a.csv", "Cost,price_eur,currency\n4,1,USD\n5,2,EUR\n", "Price eur"), "€2");
    });

    it("is in what its key names, also in brackets or as a sign", async () => {
      assert.equal(await card("Revenue (EUR)", 5), "€5");
      assert.equal(await card("Revenue [€]", 5), "€5");
      assert.equal(await card("fee_btc", 0.25), "0.25 BTC");
      assert.equal(await card("balance_eth", 2), "2 ETH");
      assert.equal(await card("price_usdt", 2), "2 USDT");
      assert.equal(await card("fee_sats", 210), "210 sats");
    });

    it("is counted in hundredths where its key says so", async () => {
      assert.equal(await card("amount_cents", 1999), "$19.99");
      assert.equal(await card("priceInCents", 1999), "$19.99");
      assert.equal(await card("cost_eur_cent", 1999), "€19.99");
      assert.equal(await card("fee_pence", 250), "£2.50");
      assert.equal(await cardOf("a.json", '{"currency": "EUR", "price_cents": 5}', "Price cents"), "€0.05");
      assert.equal(await card("cents", 1999), "1,999");
    });

    it("is none where its key counts things or names a place", async () => {
      for (const key of ["invoices", "unpaid_invoices", "cost_center", "costCentre", "load balance"]) {
        assert.equal(await card(key, 42), "42", key);
      }
      assert.equal(await card("account_balance", 42), "$42");
    });
  });

  describe("as what is counted in a time or of a size", () => {
    it("is neither of them", async () => {
      assert.equal(await card("requests_per_second", 1200), "1,200");
      assert.equal(await card("opsPerSec", 1200), "1,200");
      assert.equal(await card("bytes_per_ms", 1200), "1,200");
      assert.equal(await card("cost_per_gb", 0.02), "$0.02");
      assert.equal(await card("cost_eur_per_gb", 0.02), "€0.02");
      assert.equal(await card("per second", 5), "5");
    });
  });

  describe("as a moment", () => {
    const SECONDS = 1_764_300_000;
    const asDate = /^Nov 2[78], 2025, /;

    it("is one whatever its key counts it in, where it is one in that", async () => {
      for (const key of ["updated_at_ms", "timestampMs", "start_time_millis"]) {
        assert.match(await card(key, SECONDS * 1000), asDate, key);
      }
      assert.match(await card("process_start_time_seconds", SECONDS), asDate);
      assert.equal(await card("total_time_ms", 1200), "1,200 ms");
      assert.equal(await card("total_time_ms", SECONDS), "1,764,300,000 ms");
      assert.equal(await card("time_seconds", 90), "1 min 30 s");
    });

    it("is named by the words that programs have for it", async () => {
      for (const key of [
        "ts",
        "lastSeen",
        "exp",
        "iat",
        "st_mtime",
        "created_on",
        "generated",
        "last_login",
      ]) {
        assert.match(await card(key, SECONDS), asDate, key);
        assert.equal(await card(key, 12), "12", key);
      }
    });

    it("has neither a sum nor an average", async () => {
      const made = async (text: string) =>
        (await cards("a.csv", text)).slice(1).map((each) => each.replace(/:.*/, ""));
      assert.deepEqual(await made(`created at\n${SECONDS}\n${SECONDS + 5}\n`), [
        "Created at",
        "Lowest created at",
        "Highest created at",
      ]);
      assert.deepEqual(await made("Date\n20251102\n20251103\n"), ["Date", "Lowest date", "Highest date"]);
      assert.equal((await made("created\n2\n3\n")).length, 5);
    });
  });
});
