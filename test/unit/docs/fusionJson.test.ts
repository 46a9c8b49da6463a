import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { alertId } from "../../../src/core/alerts/alertId.js";
import {
  DRIVE_SYNC_ERROR,
  EMISSIONS_FAIL,
  sourceUnavailable,
} from "../../../src/core/alerts/builtInAlerts.js";
import { parseFusionConfig } from "../../../src/core/config/fusionConfig.js";
import { ALERT_KEYS, CONFIG_KEYS, METRIC_FORMATS, METRIC_KEYS } from "../../../src/core/config/vocabulary.js";
import { displayValue } from "../../../src/protocol/display.js";
import { AGGREGATES } from "../../../src/protocol/origin.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { docSections } from "../../support/docExamples.js";
import { FollowedFolder } from "../../support/followedFolder.js";
import { waitFor } from "../../support/waitFor.js";

const PAGE = "fusion-json.md";

/** The cards as a person reads them. */
function cardsOf({ cards, metrics }: Snapshot): string {
  const shown = cards.map((id) => metrics[id]).filter((metric) => metric !== undefined);
  return shown.map((metric) => `${metric.label}: ${displayValue(metric, "en")}\n`).join("");
}

describe("docs/fusion-json.md", () => {
  const page = readFileSync(`docs/${PAGE}`, "utf8");

  for (const { heading, examples } of docSections(PAGE)) {
    it(`shows under "${heading}" what is so`, async () => {
      const configs = examples.filter(({ title }) => title === "fusion.json");
      for (const { text, line } of configs)
        assert.deepEqual(parseFusionConfig(text).problems, [], `the example on line ${line}`);
      const cards = examples.find(({ title }) => title === "cards");
      if (!cards) return;
      const folder = new FollowedFolder();
      try {
        const files = examples.filter((example) => example !== cards);
        folder.write(Object.fromEntries(files.map(({ title, text }) => [title, text])));
        folder.follow();
        const shown = () => (folder.stream.latest ? cardsOf(folder.stream.latest) : "");
        await waitFor(() => shown() === cards.text, { timeout: 10_000 }).catch(() => undefined);
        assert.equal(shown(), cards.text);
      } finally {
        folder.dispose();
      }
    });
  }

  it("names the alerts that are always there by their ids", () => {
    for (const definition of [DRIVE_SYNC_ERROR, sourceUnavailable("memos"), EMISSIONS_FAIL])
      assert.ok(page.includes(`| \`${alertId(definition)}\``), alertId(definition));
  });

  it("names the limits as they are", () => {
    assert.ok(page.includes("A `fusion.json` of 256 KB"));
    const fits = (text: string) => parseFusionConfig(text).config !== null;
    assert.deepEqual(
      [fits(`{}${" ".repeat(256 * 1024 - 2)}`), fits(`{}${" ".repeat(256 * 1024)}`)],
      [true, false],
    );
    assert.ok(page.includes("ten years (`3650d`) at most; `for` and `coolDown` may be\n`0s`"));
    const takes = (alert: object) =>
      fits(JSON.stringify({ alerts: [{ metric: "memos", risesBy: 1, ...alert }] }));
    assert.ok(takes({ within: "3650d", for: "0s", coolDown: "0s" }));
    for (const within of ["0s", "3651d"]) assert.ok(!takes({ within }), within);
  });

  it("names every field, format and aggregate", () => {
    for (const name of [...CONFIG_KEYS, ...METRIC_KEYS, ...ALERT_KEYS, ...METRIC_FORMATS, ...AGGREGATES])
      assert.ok(page.includes(`\`${name}\``), name);
  });
});
