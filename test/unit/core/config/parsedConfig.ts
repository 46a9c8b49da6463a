import assert from "node:assert/strict";
import type { ConfigProblem } from "../../../../src/core/config/configProblem.js";
import { type FusionConfig, parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import type { MetricDefinition } from "../../../../src/core/config/metricDefinition.js";

/** What a text without any problem declares. */
export function configOf(text: string): FusionConfig {
  const { config, problems } = parseFusionConfig(text);
  assert.deepEqual(problems, []);
  assert.ok(config);
  return config;
}

/** The only metric of a file, by what the file says of it. */
export function metricOf(metric: object, id = "m"): MetricDefinition {
  const [definition] = configOf(JSON.stringify({ metrics: { [id]: metric } })).metrics;
  assert.ok(definition);
  return definition;
}

/** The only problem of a text, which is an error unless told otherwise. */
export function problemOf(text: string, severity = "error"): ConfigProblem {
  const { config, problems } = parseFusionConfig(text);
  const [problem, ...more] = problems;
  assert.ok(problem, text);
  assert.deepEqual(more, []);
  assert.equal(problem.severity, severity);
  assert.equal(config === null, severity === "error");
  return problem;
}

/** The only problem of a metric: an error. */
export function metricProblem(metric: unknown): ConfigProblem {
  return problemOf(JSON.stringify({ metrics: { m: metric } }));
}

/** The only problem of an alert. */
export function alertProblem(alert: unknown, severity = "error"): ConfigProblem {
  return problemOf(JSON.stringify({ alerts: [alert] }), severity);
}

/** The text once a problem's fix is applied. */
export function applyFix(text: string, { fix }: ConfigProblem): string {
  assert.ok(fix);
  return text.slice(0, fix.offset) + fix.text + text.slice(fix.offset + fix.length);
}

/** What stands at a problem's place once its fix is applied to a metric. */
export function mended(metric: object): unknown {
  const text = JSON.stringify({ metrics: { m: metric } });
  const fixed = applyFix(text, metricProblem(metric));
  assert.deepEqual(parseFusionConfig(fixed).problems, [], fixed);
  return JSON.parse(fixed).metrics.m;
}
