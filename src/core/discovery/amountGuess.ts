import { isCurrency } from "../config/metricDisplay.js";
import { knownCurrency, SEVERAL } from "./currencyKey.js";
import { type DisplayGuess, PLAIN } from "./entry.js";
import { wordSet } from "./keyWords.js";

const MONEY = wordSet(
  "revenue mrr arr price prices cost costs amount budget salary balance spend spending income profit turnover fee fees invoice",
);
/** Behind a word for money these say that it is no amount of it, but how many there are or how they compare. */
const NO_AMOUNT = wordSet(
  "count counts number numbers no num id ids index rank level tier code year quantity qty growth margin margins rate rates ratio ratios share shares percent percentage pct factor score center centre",
);
/** Those that say it without a word for money: they are no English word as well. */
const CURRENCIES = wordSet("usd eur gbp jpy pln chf cad aud inr sek nok dkk czk");
/** Hundredths of a currency. */
const HUNDREDTHS = wordSet("cents cent pence");
/** Before "balance" these say that it is none of an account. */
const OTHER_BALANCES = wordSet("load life");
/** Codes of currencies that say behind a word for money which part of it is meant. */
const CODES_OF_PARTS = wordSet("all top");

/**
 * How an amount of money is shown, by the words of its key; `null` where it is none.
 * @param currency what stands near it as one; `null` where nothing does
 */
export function amountDisplay(words: readonly string[], currency: string | null): DisplayGuess | null {
  const last = words.at(-1) ?? "";
  if (HUNDREDTHS.has(last)) {
    const whole = amountDisplay(words.slice(0, -1), currency ?? (last === "pence" ? "GBP" : null));
    return whole && { ...whole, scale: 0.01 };
  }
  if (CURRENCIES.has(last)) return amountIn(last.toUpperCase());
  if (NO_AMOUNT.has(last) || !words.some((word) => MONEY.has(word))) return null;
  if (last === "balance" && OTHER_BALANCES.has(words.at(-2) ?? "")) return null;
  return amountIn((CODES_OF_PARTS.has(last) ? null : knownCurrency(last)) ?? currency);
}

/** What is no currency to Intl, such as BTC, still says what the amount is counted in. */
function amountIn(currency: string | null): DisplayGuess {
  const format = currency === null || isCurrency(currency) ? "currency" : null;
  return { ...PLAIN, format, unit: currency === SEVERAL ? null : currency };
}
