/** Every state that the Command Center's page can be in, each with the way to it. */
import { fullOptions, unfold } from "./fullPanel.js";
import { inArabic } from "./languages.js";
import { type HarnessOptions, holds, type PanelHarness } from "./panelHarness.js";
import { recentHistory } from "./recentHistory.js";
import { ago, alert, builtInMetrics, insights, metric, snapshot, status, streamHealth } from "./snapshots.js";
import { waitFor } from "./waitFor.js";

export interface PanelLook {
  readonly name: string;
  readonly options: HarnessOptions;
  /** Leads the opened page there, and settles once it is. */
  readonly reach: (panel: PanelHarness) => Promise<void>;
}

const SYNC_FAILED = alert({
  id: "driveSync:becomes:ERROR",
  metric: "driveSync",
  severity: "error",
  message: "Drive sync is ERROR.",
  value: "ERROR",
});
const MUTED = alert({
  id: "memos:above:15",
  metric: "memos",
  severity: "info",
  message: "Memos is 17, above 15.",
  since: ago(7_300),
  muted: true,
});
const OVER = alert({ id: "over", state: "resolved", resolvedAt: ago(600) });

const withHistory: HarnessOptions = {
  prepare: (stream) => {
    holds(stream, snapshot({ insights: insights(7) }));
    stream.history = recentHistory(Date.now());
    stream.health = streamHealth();
  },
};
const withoutSnapshot: HarnessOptions = { prepare: () => {} };

const isConnected = (panel: PanelHarness) => panel.reach("connected");
const isThere = (testid: string) => (panel: PanelHarness) => panel.find(testid).first().waitFor();

export const PANEL_LOOKS: readonly PanelLook[] = [
  { name: "live", options: withHistory, reach: showsSparklines },
  { name: "loading", options: withoutSnapshot, reach: isThere("loading") },
  {
    name: "without data files",
    options: {
      ...withoutSnapshot,
      state: { folders: [{ uri: "file:///dashboard", name: "ahk-dashboard", hasData: false }] },
    },
    reach: isThere("empty"),
  },
  {
    name: "without a folder",
    options: { state: { folders: [], activeFolder: null } },
    reach: isThere("no-folder"),
  },
  {
    name: "several folders",
    options: {
      ...withHistory,
      state: {
        folders: ["dashboard", "shop"].map((name) => ({ uri: `file:///${name}`, name, hasData: true })),
      },
    },
    reach: showsSparklines,
  },
  {
    name: "sources in trouble",
    options: {
      prepare: (stream) => {
        const { revenue, driveSync, ...others } = builtInMetrics();
        const error = "data/revenue_snapshot.json, line 3: unexpected end of the file";
        const stale = metric({ ...revenue, available: false, stale: true, error });
        const gone = metric({ ...driveSync, value: null, available: false, error: "no drive log" });
        holds(stream, snapshot({ metrics: { ...others, revenue: stale, driveSync: gone } }));
      },
    },
    reach: isConnected,
  },
  {
    name: "stale",
    options: { prepare: (stream) => holds(stream, snapshot({ timestamp: ago(720) })) },
    reach: isThere("stale-warning"),
  },
  { name: "connection lost", options: withHistory, reach: losesConnection },
  { name: "connection lost before a value", options: withoutSnapshot, reach: losesConnection },
  {
    name: "not reachable",
    options: {
      prepare: (stream) => {
        holds(stream);
        stream.closed = true;
      },
    },
    reach: (panel) => panel.reach("error"),
  },
  {
    name: "restricted",
    options: { ...withHistory, state: { workspaceTrusted: false } },
    reach: showsSparklines,
  },
  {
    name: "broken configuration",
    options: {
      ...withHistory,
      state: { configTrouble: { line: 12, message: '"fromat" is not known here.', usesLastGood: true } },
    },
    reach: showsSparklines,
  },
  { name: "privacy", options: { ...withHistory, state: { concealed: true } }, reach: isConnected },
  {
    name: "refresh refused",
    options: withHistory,
    reach: async (panel) => {
      await showsSparklines(panel);
      panel.stream.refusal = { ok: false, error: { code: "RATE_LIMITED", message: "once a second" } };
      await panel.find("refresh").click();
      await panel.find("notice").waitFor();
    },
  },
  {
    name: "alerts",
    options: {
      prepare: (stream) => {
        withHistory.prepare?.(stream);
        stream.alerts = [SYNC_FAILED, alert(), MUTED, OVER];
      },
    },
    reach: async (panel) => {
      await showsSparklines(panel);
      await panel.find("alerts-recent").click();
      await waitFor(async () => (await panel.find("alert").count()) === 4);
    },
  },
  {
    name: "insights unfolded",
    options: withHistory,
    reach: async (panel) => {
      await showsSparklines(panel);
      await panel.find("insight-toggle").first().click();
    },
  },
  {
    name: "explanation",
    options: withHistory,
    reach: async (panel) => {
      await showsSparklines(panel);
      await panel.find("why").nth(1).click();
      await panel.page.locator('[data-testid="explanation"]:popover-open').waitFor();
    },
  },
  { name: "trend", options: withHistory, reach: showsTrend },
  {
    name: "trend as a table",
    options: withHistory,
    reach: async (panel) => {
      await showsTrend(panel);
      await panel.find("trend-table-toggle").click();
      await panel.find("trend-table").waitFor();
    },
  },
  {
    name: "trend of nothing yet",
    options: {
      prepare: (stream) => {
        holds(stream);
        stream.status = status({ history: "memory" });
      },
    },
    reach: async (panel) => {
      await opensTrend(panel);
      await panel.find("trend-empty").waitFor();
    },
  },
  {
    name: "trend that cannot be read",
    options: withHistory,
    reach: async (panel) => {
      await showsTrend(panel);
      panel.stream.refusal = { ok: false, error: { code: "UNAVAILABLE", message: "the disk is full" } };
      await panel.page.locator('[data-range="7d"]').click();
      await panel.find("trend-error").waitFor();
    },
  },
  {
    name: "stream health",
    options: withHistory,
    reach: async (panel) => {
      await isConnected(panel);
      await panel.find("stream-health").locator("summary").click();
      await panel.find("source").first().waitFor();
    },
  },
  { name: "everything", options: fullOptions(), reach: unfold },
  { name: "everything in Arabic", options: fullOptions(inArabic()), reach: unfold },
];

async function showsSparklines(panel: PanelHarness): Promise<void> {
  await isConnected(panel);
  await panel.find("sparkline").locator("path").first().waitFor({ state: "attached" });
}

async function losesConnection(panel: PanelHarness): Promise<void> {
  await isConnected(panel);
  await panel.stream.stop();
  await panel.reach("disconnected");
}

async function opensTrend(panel: PanelHarness): Promise<void> {
  await isConnected(panel);
  await panel.find("show-trend").nth(1).focus();
  await panel.page.keyboard.press("Enter");
}

async function showsTrend(panel: PanelHarness): Promise<void> {
  await opensTrend(panel);
  await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  await panel.find("trend-add").selectOption("driveSync");
  await panel.find("trend-key").waitFor();
}
