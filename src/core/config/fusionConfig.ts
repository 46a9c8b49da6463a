import { BUILT_IN_METRICS } from "../../protocol/snapshot.js";
import type { AlertDefinition } from "./alertDefinition.js";
import { parseAlerts } from "./alertParser.js";
import { parseCards } from "./cardsParser.js";
import { ConfigObject } from "./configObject.js";
import { type ConfigProblem, ConfigProblems, positionIndex } from "./configProblem.js";
import { parseConfigSyntax } from "./configSyntax.js";
import type { MetricDefinition } from "./metricDefinition.js";
import { type ParsedMetrics, parseMetrics } from "./metricParser.js";
import { CONFIG } from "./vocabulary.js";

/** What `fusion.json` declares, with every default filled in. */
export interface FusionConfig {
  readonly metrics: readonly MetricDefinition[];
  /** Ids of the metrics shown as cards, in order, each once; some may not exist. `null`: all are shown. */
  readonly cards: readonly string[] | null;
  readonly alerts: readonly AlertDefinition[];
}

export interface ParsedConfig {
  /** `null` if and only if there is an error among the problems. */
  readonly config: FusionConfig | null;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
}

/** Metrics that need no declaration, whether or not their data is there. */
export const UNDECLARED_METRICS: readonly string[] = [
  ...BUILT_IN_METRICS,
  "projectProgress",
  "chatActivity",
  "commits",
];

/** Reads the text of `fusion.json`: JSON with comments and trailing commas, at most 256 KB, 1,000 metrics and 200 alerts. */
export function parseFusionConfig(text: string): ParsedConfig {
  const problems = new ConfigProblems();
  const config = parseConfig(text, problems);
  return { config: problems.hasErrors ? null : config, problems: problems.placedIn(text) };
}

function parseConfig(text: string, problems: ConfigProblems): FusionConfig | null {
  const root = parseConfigSyntax(text, problems);
  if (root === null) return null;
  if (root.type !== "object") {
    problems.error(root, "Write everything between { and }.");
    return null;
  }
  const object = new ConfigObject(root, CONFIG, problems);
  const position = positionIndex(text);
  const lineOf = (offset: number) => position(offset).line;
  // For editors alone, of which each makes of another value what it likes.
  object.optionalText("$schema", Number.POSITIVE_INFINITY);

  const metricsNode = object.member("metrics")?.value;
  const { metrics, ids }: ParsedMetrics = metricsNode
    ? parseMetrics(metricsNode, lineOf, problems)
    : { metrics: [], ids: new Set() };
  const known = new Set([...ids, ...UNDECLARED_METRICS]);
  const cardsNode = object.member("cards")?.value;
  const alertsNode = object.member("alerts")?.value;
  return {
    metrics,
    cards: cardsNode ? parseCards(cardsNode, known, problems) : null,
    alerts: alertsNode ? parseAlerts(alertsNode, known, lineOf, problems) : [],
  };
}
