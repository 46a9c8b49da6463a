import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import Ajv, { type AnySchemaObject } from "ajv";
import { parse } from "jsonc-parser";
import { parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import {
  ALERT_KEYS,
  CONDITION_KEYS,
  CONFIG_KEYS,
  GIT_KEYS,
  METRIC_FORMATS,
  METRIC_KEYS,
  ORIGIN_KEYS,
} from "../../../../src/core/config/vocabulary.js";
import { SEVERITIES } from "../../../../src/protocol/alerts.js";
import { AGGREGATES } from "../../../../src/protocol/origin.js";
import { EXAMPLE_CONFIG } from "./exampleConfig.js";

const schema: AnySchemaObject = JSON.parse(readFileSync("media/fusion.schema.json", "utf8"));
const { metric, alert } = schema.definitions;
// What only editors know, such as snippets, is no fault.
const matches = new Ajv({ strict: false, formats: { regex: true } }).compile(schema);

function assertSame(actual: readonly string[], expected: readonly string[]): void {
  assert.deepEqual([...actual].sort(), [...expected].sort());
}

describe("schema of fusion.json", () => {
  it("has the names and choices that the parser knows, and no others", () => {
    assertSame(Object.keys(schema.properties), CONFIG_KEYS);
    assertSame(Object.keys(metric.properties), METRIC_KEYS);
    assertSame(Object.keys(metric.properties.git.properties), GIT_KEYS);
    assertSame(Object.keys(alert.properties), ALERT_KEYS);
    assertSame(metric.properties.aggregate.enum, AGGREGATES);
    assertSame(metric.properties.format.enum, METRIC_FORMATS);
    assertSame(alert.properties.severity.enum, SEVERITIES);
    const alternatives = ({ oneOf }: AnySchemaObject) =>
      oneOf.map(({ required }: AnySchemaObject) => required[0]);
    assertSame(alternatives(metric), ORIGIN_KEYS);
    assertSame(alternatives(alert), CONDITION_KEYS);
  });

  it("explains every name and every choice", () => {
    for (const { properties } of [schema, metric, metric.properties.git, alert]) {
      for (const [name, property] of Object.entries<AnySchemaObject>(properties)) {
        assert.match(property.description, /^\p{Lu}.*[.]$/su, name);
        if (property.enum) assert.equal(property.enumDescriptions.length, property.enum.length, name);
      }
    }
  });

  it("agrees with the parser on files that are right", () => {
    const texts = [EXAMPLE_CONFIG, "{}", '{"$schema":"x","metrics":{"toString":{"git":{}}}}'];
    if (existsSync("data/fusion.json")) texts.push(readFileSync("data/fusion.json", "utf8"));
    for (const text of texts) {
      assert.deepEqual(parseFusionConfig(text).problems, []);
      assert.ok(matches(parse(text)), JSON.stringify(matches.errors));
    }
  });

  it("agrees with the parser on metrics, alerts and its own address", () => {
    const file = "a.json";
    const metrics: readonly [metric: object, right: boolean][] = [
      [{ file: "./data/b..c.json" }, true],
      [{ files: "**/*.md" }, true],
      [{ file, scale: 100, decimals: 2, prefix: "~", suffix: "", icon: "bug" }, true],
      [{ file, format: "currency", unit: "EUR" }, true],
      [{ file, format: "currency" }, true],
      [{ url: "http://[::1]:8080/x" }, true],
      [{ url: "http://LOCALHOST/x" }, true],
      [{ url: "http://127.1" }, true],
      [{ url: "http://[0:0:0:0:0:0:0:1]/" }, true],
      [{ url: "https:a.b" }, true],
      [{ url: "https://a.b", query: "n", aggregate: "sum" }, true],
      [{ files: "*", aggregate: "count" }, true],
      [{ git: {}, aggregate: "count" }, true],
      [{ file: "a.csv", column: "n" }, true],
      [{ file: "a.log", match: "n", label: " n " }, true],
      [{ file, format: "currency", unit: "eur" }, false],
      [{ file: "../a.json" }, false],
      [{ file: "a/../b.json" }, false],
      [{ file: "/a.json" }, false],
      [{ file: "C:\\a.json" }, false],
      [{ file: "a\\b.json" }, false],
      [{ file: "a/" }, false],
      [{ file, scale: 0 }, false],
      [{ file, decimals: 21 }, false],
      [{ file, agregate: "sum" }, false],
      [{ file, files: "*" }, false],
      [{ label: "x" }, false],
      [{ git: { since: "1h", remote: "up/stream-2" } }, true],
      [{ git: { since: "7 days" } }, false],
      [{ git: { remote: "" } }, false],
      [{ git: { remote: "two words" } }, false],
      [{ git: { remote: "git@github.com:a/b" } }, false],
      [{ git: { remote: "r".repeat(201) } }, false],
      [{ git: { remote: true } }, false],
      [{ url: "http://example.com" }, false],
      [{ url: "http://localhost.example.com" }, false],
      [{ url: "http://127" }, false],
      [{ url: "http://[::2]" }, false],
      [{ url: "https://" }, false],
      [{ url: "https://a.b", column: "n" }, false],
      [{ url: "https://a.b", match: "n" }, false],
      ...["query", "column", "match"].flatMap((key): [object, boolean][] => [
        [{ files: "*", [key]: "n" }, false],
        [{ git: {}, [key]: "n" }, false],
      ]),
      [{ file, query: " " }, false],
      [{ file: "a.csv", column: " " }, false],
      [{ file: "a.log", match: " " }, false],
      [{ files: "*", aggregate: "sum" }, false],
      [{ git: {}, aggregate: "last" }, false],
      [{ git: { since: "0s" } }, false],
      [{ git: { since: "0.0d" } }, false],
      [{ file, label: " \t" }, false],
      [{ file: " " }, false],
    ];
    const alerts: readonly [alert: object, right: boolean][] = [
      [{ metric: "memos", becomes: 5 }, true],
      [{ metric: "memos", risesBy: "2.5 %" }, true],
      [{ metric: "memos", above: 1, for: "0s", coolDown: "1.5h" }, true],
      [{ metric: "memos", noDataFor: "0.5s" }, true],
      [{ metric: "memos", noDataFor: "0s" }, false],
      [{ metric: "memos", risesBy: 1, within: "0w" }, false],
      [{ metric: "memos", fallsBy: "0%" }, false],
      [{ metric: "memos", risesBy: "0.00 %" }, false],
      [{ metric: " ", above: 1 }, false],
      [{ metric: "memos", becomes: " " }, false],
      [{ metric: "memos" }, false],
      [{ below: 1 }, false],
      [{ metric: "memos", above: 1, below: 2 }, false],
      [{ metric: "memos", risesBy: 0 }, false],
      [{ metric: "memos", above: 1, within: "1h" }, false],
      [{ metric: "memos", above: 1, clearAbove: 2 }, false],
      [{ metric: "memos", noDataFor: "1h", for: "1h" }, false],
      [{ metric: "memos", below: 1, severity: "warn" }, false],
    ];
    const addresses = [null, 1, true, [], {}];
    const configs = [
      ...addresses.map(($schema) => [{ $schema }, false] as const),
      ...metrics.map(([m, right]) => [{ metrics: { m } }, right] as const),
      ...alerts.map(([a, right]) => [{ alerts: [a] }, right] as const),
    ];
    for (const [config, right] of configs) {
      const text = JSON.stringify(config);
      assert.equal(matches(config), right, `schema: ${text}`);
      assert.equal(parseFusionConfig(text).config !== null, right, `parser: ${text}`);
    }
  });
});
