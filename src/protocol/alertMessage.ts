/** Alerts in words. */
import type * as l10n from "@vscode/l10n";
import { type Alert, type AlertParts, FAILED_EMISSIONS } from "./alerts.js";
import { displayValue, withoutVanishing } from "./display.js";
import { displayApart } from "./displayApart.js";
import type { MetricValue, ValueDisplay } from "./snapshot.js";

/**
 * Puts texts into a language. Whoever has one is called `l10n` here: by that name, and by the import above, the tool that
 * collects the texts to translate finds them.
 */
export interface Translator {
  t(message: string, ...values: l10n.L10nReplacement[]): string;
}

/** What an alert says, in the translator's language; as it was first said where its parts were not kept. */
export function alertText(alert: Alert, l10n: Translator, locale: string): string {
  const { metric, value, parts, message } = alert;
  return parts === null ? message : alertMessage({ metric, value, parts }, l10n, locale);
}

/** What made an alert fire, or what ended it, in one sentence. */
export function alertMessage(
  { metric, value, parts }: Pick<Alert, "metric" | "value"> & { readonly parts: AlertParts },
  l10n: Translator,
  locale: string,
): string {
  const label = metric === FAILED_EMISSIONS ? l10n.t("The share of failed updates") : parts.label;
  const shown = written(value, parts, locale);
  return parts.over
    ? overMessage(label, shown, parts, l10n)
    : firingMessage(label, value, shown, parts, l10n, locale);
}

function firingMessage(
  label: string,
  value: MetricValue,
  shown: string,
  parts: AlertParts,
  l10n: Translator,
  locale: string,
): string {
  const { condition, error } = parts;
  switch (condition.kind) {
    case "below":
    case "above": {
      const { kind, threshold } = condition;
      const [is, limit] = displayApart([value, threshold], displayFor(value, parts), locale);
      return kind === "below"
        ? l10n.t("{0} is {1}, below {2}.", label, is, limit)
        : l10n.t("{0} is {1}, above {2}.", label, is, limit);
    }
    case "becomes":
      return l10n.t("{0} is {1}.", label, shown);
    case "risesBy":
    case "fallsBy": {
      const { kind, amount, percent, withinMs } = condition;
      const by = percent ? share(amount, locale) : distance(amount, parts, locale);
      if (withinMs === null) {
        return kind === "risesBy"
          ? l10n.t("{0} rose by {1} or more, to {2}.", label, by, shown)
          : l10n.t("{0} fell by {1} or more, to {2}.", label, by, shown);
      }
      const within = duration(withinMs, locale);
      return kind === "risesBy"
        ? l10n.t("{0} rose by {1} or more within {2}, to {3}.", label, by, within, shown)
        : l10n.t("{0} fell by {1} or more within {2}, to {3}.", label, by, within, shown);
    }
    case "noDataFor": {
      const time = duration(condition.ms, locale);
      return error === null
        ? l10n.t("{0} has had no data for {1}.", label, time)
        : l10n.t("{0} has had no data for {1}: {2}", label, time, error);
    }
  }
}

function overMessage(label: string, shown: string, { condition }: AlertParts, l10n: Translator): string {
  return condition.kind === "noDataFor"
    ? l10n.t("{0} has data again: {1}.", label, shown)
    : l10n.t("{0} is {1} now.", label, shown);
}

function written(value: MetricValue, parts: AlertParts, locale: string): string {
  return displayValue({ ...displayFor(value, parts), value }, locale);
}

function distance(amount: number, parts: AlertParts, locale: string): string {
  const display = withoutVanishing(amount, displayFor(amount, parts));
  return displayValue({ ...display, value: amount }, locale);
}

/** A number that a text is compared with is no text. */
function displayFor(value: MetricValue, { display }: AlertParts): ValueDisplay {
  return typeof value === "number" && display.format === "text" ? { ...display, format: "number" } : display;
}

function share(percent: number, locale: string): string {
  return displayValue({ value: percent, format: "percent", unit: null }, locale);
}

function duration(ms: number, locale: string): string {
  return displayValue({ value: ms / 1000, format: "duration", unit: null }, locale);
}
