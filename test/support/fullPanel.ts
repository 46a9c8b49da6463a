import type { PanelState } from "../../src/protocol/panel.js";
import { type HarnessOptions, holds, type PanelHarness } from "./panelHarness.js";
import { recentHistory } from "./recentHistory.js";
import { ago, alert, builtInMetrics, insights, metric, snapshot, streamHealth } from "./snapshots.js";

/** A page on which everything that it can show is to be shown: alerts, a broken configuration, errors, a trend, long words. */
export function fullOptions(state: Partial<PanelState> = {}): HarnessOptions {
  const metrics = {
    ...builtInMetrics(),
    uptime: metric({ label: "Uptime", value: 11_520, format: "duration", previous: 11_000 }),
    churn: metric({
      label: "A name that is longer than any card has room for",
      value: null,
      available: false,
      error:
        "reports/churn.csv, line 12: this row has 3 cells, but the header has 4. Mend it and save the file.",
    }),
    disk: metric({
      label: "Disk",
      value: 20_480_000_000,
      format: "bytes",
      stale: true,
      error: "data/disk.json: the file is empty. Save it with its data.",
    }),
    release: metric({ label: "Release", value: "2026-12-24", format: "date" }),
  };
  const conditions = {
    low: { kind: "below", threshold: 10_000, clearAbove: null },
    silent: { kind: "noDataFor", ms: 600_000 },
  } as const;
  const parts = {
    label: "MRR",
    display: { format: "currency", unit: "USD" },
    error: null,
    over: false,
  } as const;
  return {
    state: {
      workspaceTrusted: false,
      configTrouble: { line: 4, message: '"column" is for tables, .csv and .tsv.', usesLastGood: true },
      ...state,
    },
    prepare: (stream) => {
      holds(stream, snapshot({ metrics, insights: insights(7) }));
      stream.history = recentHistory(Date.now());
      stream.health = streamHealth();
      stream.alerts = [
        alert({ parts: { ...parts, condition: conditions.low } }),
        alert({ id: "silent", metric: "churn", parts: { ...parts, condition: conditions.silent } }),
        alert({ id: "over", state: "resolved", resolvedAt: ago(60) }),
      ];
    },
  };
}

/** Unfolds all that can be unfolded, and opens a trend. */
export async function unfold(panel: PanelHarness): Promise<void> {
  await panel.reach("connected");
  await panel.find("feed-entry").first().waitFor();
  await panel.find("alerts-recent").click();
  await panel.find("insight-toggle").first().click();
  await panel.find("stream-health").locator("summary").click();
  await panel.find("source").first().waitFor();
  await panel.find("show-trend").nth(1).focus();
  await panel.page.keyboard.press("Enter");
  await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  await panel.find("trend-add").selectOption("driveSync");
  await panel.find("trend-key").waitFor();
}
