/**
 * Privacy mode: what people may see while somebody looks over their shoulder. Values are taken out rather than covered:
 * whatever is made of the results of these functions cannot tell them. Each gives the same result for the same object.
 */
import type { Alert, AlertCondition } from "./alerts.js";
import { CONCEALED } from "./display.js";
import type { SourceFigures, StreamHealth, Trouble } from "./health.js";
import { once } from "./once.js";
import type { Insight, Metric, MetricValue, Snapshot } from "./snapshot.js";
import type { FeedEntry, MetricChange } from "./status.js";

const CURRENCY_BEFORE = /(?:\p{Sc}[ \u00a0]?)?/u.source;
const NUMBER = /(?:\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*(?:[eE][+-]?\p{Nd}+)?\p{No}?|\p{No})/u.source;
/** The abbreviations of thousands and millions tell how large a number is. */
const UNIT_AFTER = /(?:[ \u00a0]?(?:\p{Sc}|%|(?:[kKmMbBtT]|[bmt]n|Mio\.?|Mrd\.?)(?![\p{L}\p{Nd}])))?/u.source;
const AMOUNT = new RegExp(`${CURRENCY_BEFORE}${NUMBER}${UNIT_AFTER}`, "gu");

/** From the first quotation mark to the last: what is quoted may have some in it. */
const QUOTED = /".*"|“.*”|«.*»/gsu;

/** A text that others wrote, without its numbers and amounts. */
export function concealedText(text: string): string {
  return text.replace(AMOUNT, CONCEALED);
}

/**
 * What is wrong with a source, without what it quotes of it.
 * @param file whose name and line stay where the text tells them
 */
function concealedError(text: string, file: string | null): string {
  const kept = file === null ? "" : placeIn(text, file);
  return kept + concealedText(text.slice(kept.length).replace(QUOTED, CONCEALED));
}

/** What of a text leads to a file and a line in it; empty where it names another, or none. */
function placeIn(text: string, file: string): string {
  const at = text.indexOf(file);
  if (at === -1) return "";
  const end = at + file.length;
  const [line = ""] = /^[^:"\p{Nd}]{0,20}\p{Nd}+(?=:)/u.exec(text.slice(end)) ?? [];
  return text.slice(0, end) + line;
}

/** A metric that says what it is, where it comes from and whether it can be had. */
export const concealedMetric = once((metric: Metric): Metric => {
  const { prefix: _prefix, suffix: _suffix, decimals: _decimals, ...rest } = metric;
  return {
    ...rest,
    ...NO_DISPLAY,
    value: concealedValue(metric.value),
    previous: concealedValue(metric.previous),
    error: metric.error && concealedError(metric.error, metric.source?.file ?? null),
  };
});

/** A snapshot without what its metrics and its insights amount to. */
export const concealedSnapshot = once((snapshot: Snapshot): Snapshot => {
  const metrics = Object.entries(snapshot.metrics).map(([id, metric]) => [id, concealedMetric(metric)]);
  return {
    ...snapshot,
    memos: null,
    revenue: null,
    driveSync: null,
    driveSyncLastSync: null,
    recommendations: null,
    metrics: Object.fromEntries(metrics),
    insights: snapshot.insights.map(concealedInsight),
  };
});

/** An alert that says what it is about, but neither the value nor what that is compared with. */
export const concealedAlert = once((alert: Alert): Alert => {
  const { parts, value } = alert;
  return {
    ...alert,
    value: concealedValue(value),
    message: concealedText(alert.message),
    parts: parts && {
      ...parts,
      display: NO_DISPLAY,
      condition: concealedCondition(parts.condition),
      error: parts.error && concealedError(parts.error, null),
    },
  };
});

export const concealedAlerts = once((alerts: readonly Alert[]): readonly Alert[] =>
  alerts.map(concealedAlert),
);

/** A feed that says what changed and when. */
export const concealedFeed = once((feed: readonly FeedEntry[]): readonly FeedEntry[] =>
  feed.map((entry) => ({ ...entry, changes: entry.changes.map(concealedChange) })),
);

/** Sources without what their troubles quote of them. */
export const concealedSources = once((sources: readonly SourceFigures[]): readonly SourceFigures[] =>
  sources.map((source) => ({
    ...source,
    lastError: source.lastError && concealedTrouble(source.lastError, source.name),
  })),
);

/** The stream's own figures stay: they are of the stream, and tell nothing of what it reads. */
export const concealedHealth = once((health: StreamHealth): StreamHealth => {
  const failures = health.metrics.failures.map((failure) => concealedTrouble(failure, null));
  const sources = concealedSources(health.sources);
  return { ...health, metrics: { ...health.metrics, failures }, sources };
});

const NO_DISPLAY = { format: "text", unit: null, concealed: true } as const;

function concealedValue(value: MetricValue): MetricValue {
  return value === null ? null : CONCEALED;
}

function concealedTrouble({ time, message }: Trouble, file: string | null): Trouble {
  return { time, message: concealedError(message, file) };
}

function concealedInsight(insight: Insight): Insight {
  const { title, description } = insight;
  return { ...insight, title: concealedText(title), description: description && concealedText(description) };
}

function concealedChange({ metric, label, from, to }: MetricChange): MetricChange {
  return { metric, label, ...NO_DISPLAY, from: concealedValue(from), to: concealedValue(to) };
}

/** The display hides its amounts; a share would be written without it. */
function concealedCondition(condition: AlertCondition): AlertCondition {
  return "percent" in condition ? { ...condition, percent: false } : condition;
}
