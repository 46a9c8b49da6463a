import type { Aggregate } from "../../protocol/origin.js";
import type { MetricFormat } from "../../protocol/snapshot.js";
import type { Vocabulary } from "./configObject.js";

/** Every name that `fusion.json` may hold, with what people also call some of them. */

export const CONFIG_KEYS = ["$schema", "metrics", "cards", "alerts"] as const;
export type ConfigKey = (typeof CONFIG_KEYS)[number];
export const CONFIG: Vocabulary<ConfigKey> = {
  keys: CONFIG_KEYS,
  otherNames: { schema: "$schema", order: "cards", alarms: "alerts" },
};

export const ORIGIN_KEYS = ["file", "files", "git", "url"] as const;

export const METRIC_KEYS = [
  ...ORIGIN_KEYS,
  "query",
  "column",
  "match",
  "aggregate",
  "label",
  "format",
  "unit",
  "prefix",
  "suffix",
  "scale",
  "decimals",
  "icon",
] as const;
export type MetricKey = (typeof METRIC_KEYS)[number];
export const METRIC: Vocabulary<MetricKey> = {
  keys: METRIC_KEYS,
  otherNames: {
    path: "file",
    source: "file",
    glob: "files",
    folder: "files",
    commits: "git",
    http: "url",
    jmespath: "query",
    select: "query",
    field: "query",
    header: "column",
    regex: "match",
    regexp: "match",
    pattern: "match",
    aggregation: "aggregate",
    name: "label",
    title: "label",
    type: "format",
    multiply: "scale",
    factor: "scale",
    digits: "decimals",
    precision: "decimals",
    currency: "unit",
  },
};

export const GIT_KEYS = ["since", "remote"] as const;
export type GitKey = (typeof GIT_KEYS)[number];
export const GIT: Vocabulary<GitKey> = {
  keys: GIT_KEYS,
  otherNames: { within: "since", last: "since", origin: "remote", github: "remote" },
};

export const CONDITION_KEYS = ["below", "above", "becomes", "risesBy", "fallsBy", "noDataFor"] as const;
export type ConditionKey = (typeof CONDITION_KEYS)[number];

export const ALERT_KEYS = [
  "metric",
  ...CONDITION_KEYS,
  "within",
  "for",
  "clearAbove",
  "clearBelow",
  "coolDown",
  "severity",
] as const;
export type AlertKey = (typeof ALERT_KEYS)[number];
export const ALERT: Vocabulary<AlertKey> = {
  keys: ALERT_KEYS,
  otherNames: {
    id: "metric",
    under: "below",
    less: "below",
    over: "above",
    more: "above",
    is: "becomes",
    equals: "becomes",
    increasesby: "risesBy",
    decreasesby: "fallsBy",
    dropsby: "fallsBy",
    level: "severity",
    duration: "for",
  },
};

/** Every format; the compiler keeps the list whole. */
export const METRIC_FORMATS = Object.keys({
  number: true,
  currency: true,
  percent: true,
  bytes: true,
  duration: true,
  date: true,
  text: true,
} satisfies Record<MetricFormat, true>) as MetricFormat[];

export const OTHER_AGGREGATES: Readonly<Record<string, Aggregate>> = {
  average: "avg",
  mean: "avg",
  total: "sum",
  latest: "last",
  newest: "last",
  oldest: "first",
  maximum: "max",
  highest: "max",
  minimum: "min",
  lowest: "min",
  length: "count",
  done: "progress",
};

export const OTHER_FORMATS: Readonly<Record<string, MetricFormat>> = {
  money: "currency",
  integer: "number",
  float: "number",
  percentage: "percent",
  size: "bytes",
  time: "duration",
  seconds: "duration",
  string: "text",
};
