import assert from "node:assert/strict";
import * as vscode from "vscode";
import { concealedSnapshot, concealedSources } from "../../../src/protocol/concealment.js";
import type { SourceFigures } from "../../../src/protocol/health.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { metricRows } from "../../../src/vscode/metricRows.js";
import { treeItem } from "../../../src/vscode/sidebarRow.js";
import { SidebarRows } from "../../../src/vscode/sidebarRows.js";
import { sourceRows } from "../../../src/vscode/sourceRows.js";
import { alert, MemoryAlerts } from "../../support/memoryAlerts.js";
import { MemoryStream } from "../../support/memoryStream.js";
import { builtInMetrics, metric, snapshot } from "../../support/snapshots.js";
import { waitFor } from "../../support/waitFor.js";

const NOW = Date.parse("2025-11-08T17:45:00.000Z");
const ALL_WELL = { alerts: [], stale: false, locale: "en" };
const NOTHING = { value: null, previous: null, source: null, available: false };

describe("a row of a metric", () => {
  const rowOf = (
    changes: Parameters<typeof metric>[0],
    others: Partial<Parameters<typeof metricRows>[0]> = {},
  ) => {
    const metrics = { own: metric({ label: "Own", ...changes }) };
    const [row] = metricRows({ snapshot: snapshot({ metrics }), ...ALL_WELL, ...others });
    assert.ok(row);
    return row;
  };

  it("has the label, the value as everywhere, and what can be done about it", () => {
    const [memos, revenue, sync] = metricRows({ snapshot: snapshot(), ...ALL_WELL });
    assert.deepEqual([memos?.label, memos?.description, memos?.icon], ["Memos", "17", "notebook"]);
    assert.deepEqual([revenue?.description, revenue?.color], ["$12,450", "charts.green"]);
    assert.equal(sync?.spoken, "Drive sync, OK");
    const item = treeItem(revenue ?? assert.fail());
    assert.equal(item.contextValue, "metric open");
    assert.deepEqual(item.command?.arguments, ["revenue"]);
  });

  it("is written by locale", () => {
    const [, revenue] = metricRows({ snapshot: snapshot(), ...ALL_WELL, locale: "de" });
    assert.equal(revenue?.description, "12.450\u00a0$");
  });

  it("says that a value is old: its own, or all of them", () => {
    for (const row of [rowOf({ stale: true, error: "a.json, line 3: broken" }), rowOf({}, { stale: true })]) {
      assert.equal(row.description, "17 · stale");
      assert.match(row.spoken, /stale$/);
      assert.deepEqual([row.icon, row.color], ["warning", "problemsWarningIcon.foreground"]);
    }
  });

  it("says that there is no value, and invents none", () => {
    const row = rowOf({ value: null, available: false, error: "a.json: gone" });
    assert.equal(row.description, "– · not available");
    assert.match(row.tooltip, /a\\\.json: gone/);
  });

  it("shows the most urgent alert that fires, and none that is muted", () => {
    const firing = alert({ metric: "own", severity: "error" });
    const row = rowOf({}, { alerts: [firing, alert({ metric: "own" })] });
    assert.deepEqual(
      [row.description, row.icon, row.color],
      ["17 · alert", "bell-dot", "problemsErrorIcon.foreground"],
    );
    assert.equal(rowOf({}, { alerts: [{ ...firing, muted: true }] }).description, "17");
  });

  it("tells where the value comes from, and takes nothing of it for markup", () => {
    const source = { file: "data/[x](command:evil).json", line: 3 };
    const origin = { kind: "file", file: source.file, query: "`a` | $(error)", aggregate: "sum" } as const;
    const { tooltip } = rowOf({ label: "<b>Own</b>", source, origin });
    assert.match(
      tooltip,
      /\\\[x\\\]\\\(command:evil\\\)\\\.json, line 3 · sum: \\`a\\` \\\| \\\$\\\(error\\\)/,
    );
    assert.doesNotMatch(tooltip, /<b>/);
  });

  it("names an extension or a glob that gives the value, and each once", () => {
    const glob = "memos/**";
    const files = rowOf({ source: null, origin: { kind: "files", glob } });
    assert.equal(files.tooltip.split("\n\n")[1], "memos/\\*\\*");
    const root = rowOf({ source: { file: ".", line: null }, origin: { kind: "files", glob: "*.json" } });
    assert.equal(root.tooltip.split("\n\n")[1], "the workspace folder · \\*\\.json");
    const origin = { kind: "extension", extension: "Acme CI", name: "queue" } as const;
    assert.match(rowOf({ source: null, origin }).tooltip, /Acme CI/);
  });

  it("with an emoji for its icon has a plain one", () => {
    assert.equal(rowOf({ icon: "🐞" }).icon, "pulse");
  });

  it("in privacy mode has no amount anywhere", () => {
    const metrics = {
      own: metric({ value: 4711, previous: 4242, error: "a.json: 4711 is odd", stale: true }),
    };
    const shown = concealedSnapshot(snapshot({ metrics }));
    const alerts = [alert({ metric: "own", message: "Own is 4711." })];
    const rows = JSON.stringify(metricRows({ snapshot: shown, ...ALL_WELL, alerts }));
    assert.doesNotMatch(rows, /4711|4242/);
    assert.match(rows, /Memos, values are hidden, stale/);
  });

  it("is there in the order of the cards, then for those without one, and for no file that never was", () => {
    const metrics = { ...builtInMetrics(), own: metric(), memos: metric(NOTHING) };
    const shown: Snapshot = snapshot({ metrics, cards: ["own", "revenue", "gone"] });
    const ids = metricRows({ snapshot: shown, ...ALL_WELL }).map(({ id }) => id);
    assert.deepEqual(ids, ["own", "revenue", "driveSync", "recommendations"]);
  });

  it("is not there for commits alone: no file has been found", () => {
    const metrics = { memos: metric(NOTHING), commits: metric({ value: 3 }) };
    assert.deepEqual(metricRows({ snapshot: snapshot({ metrics }), ...ALL_WELL }), []);
  });
});

describe("a row of a source", () => {
  const figures: SourceFigures = {
    kind: "file",
    name: "data/memo_index.json",
    metrics: ["memos"],
    state: "available",
    readAt: "2025-11-08T17:44:00.000Z",
    changedAt: "2025-11-08T17:43:00.000Z",
    size: 2_048,
    cost: { last: 1, p95: 2 },
    lastError: null,
  };
  const error = { time: "2025-11-08T17:44:00.000Z", message: "line 3: 4711 is no total" };
  const gone = metric({ ...NOTHING, origin: { kind: "file", file: "gone.json" } });
  const rowsOf = (...sources: SourceFigures[]) =>
    sourceRows({
      snapshot: snapshot({ metrics: { ...builtInMetrics(), own: metric(), gone } }),
      sources,
      stale: false,
      locale: "en",
      now: NOW,
    });

  it("has its age and its size", () => {
    const [row] = rowsOf(figures);
    assert.deepEqual([row?.label, row?.description], ["data/memo_index.json", "2 min ago · 2 KB"]);
    assert.equal(row?.spoken, "data/memo_index.json, available, 2 min ago, 2 KB");
    assert.deepEqual(row?.can, ["source", "open"]);
  });

  it("has its state where not all is well, and its last error", () => {
    const [stale] = rowsOf({ ...figures, state: "stale", lastError: error });
    assert.equal(stale?.description, "stale · 2 min ago · 2 KB");
    assert.match(stale?.tooltip ?? "", /Last error, .*: line 3: 4711 is no total/);
    const nothing = {
      ...figures,
      state: "unavailable",
      size: null,
      changedAt: null,
      lastError: error,
    } as const;
    const [gone] = rowsOf({ ...nothing, metrics: ["gone"] });
    assert.deepEqual([gone?.description, gone?.can, gone?.command], ["not available", ["source"], null]);
    const [broken] = rowsOf(nothing);
    assert.deepEqual(
      [broken?.description, broken?.can],
      ["not available", ["source", "open"]],
      "to be mended",
    );
  });

  it("in privacy mode has no amount of its error", () => {
    const sources = concealedSources([{ ...figures, lastError: error }]);
    assert.doesNotMatch(JSON.stringify(rowsOf(...sources)), /4711/);
  });

  it("is told apart from another of its name, and left out where nothing is known of its metrics", () => {
    const url: SourceFigures = { ...figures, kind: "url", name: "https://example.com/stats.json" };
    const ids = rowsOf(url, { ...url, metrics: ["revenue"] }, { ...figures, metrics: ["never"] }).map(
      ({ id }) => id,
    );
    assert.deepEqual(ids, ["https://example.com/stats.json", "https://example.com/stats.json (revenue)"]);
  });

  it("opens its file by a click, though another source reads the same", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const config = vscode.Uri.joinPath(folder.uri, "fusion.json");
    const file = vscode.Uri.joinPath(folder.uri, "memo_index.json");
    const own = { file: "memo_index.json", query: "totalMemos" };
    await vscode.workspace.fs.writeFile(config, Buffer.from(JSON.stringify({ metrics: { own } })));
    const name = "memo_index.json";
    const row = rowsOf({ ...figures, name }, { ...figures, name, metrics: ["own"] }).at(-1);
    try {
      await waitFor(
        async () => {
          await vscode.commands.executeCommand(row?.command ?? "", row?.id);
          return vscode.window.activeTextEditor?.document.uri.toString() === file.toString();
        },
        { message: "the file" },
      );
    } finally {
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await vscode.workspace.fs.delete(config);
    }
  });
});

describe("the rows of a view", () => {
  const never = () => ({ dispose() {} });
  const open = (
    name: "metrics" | "sources",
    changes: { answers?: boolean; folder?: null; seated?: () => Promise<void> } = {},
  ) => {
    const stream = new MemoryStream();
    stream.latest = { ...(stream.latest ?? assert.fail()), timestamp: new Date().toISOString() };
    const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
    const view = { visible: true, onDidChangeVisibility: visibility.event };
    const privacy = { isOn: false, onChange: never };
    const folder = changes.folder === null ? null : (vscode.workspace.workspaceFolders?.[0] ?? null);
    let told = 0;
    let reads = 0;
    const alerts = new MemoryAlerts();
    const list = () => {
      reads++;
      return alerts.list();
    };
    const rows = new SidebarRows(
      name,
      {
        stream,
        alerts: { list, onList: (listener) => alerts.onList(() => listener(alerts.list())) },
        activeFolder: { folder, decided: Promise.resolve(), onChange: never },
        seated: changes.seated ?? (() => Promise.resolve()),
        server: { answers: changes.answers ?? true, onChange: never },
        settings: { staleAfterMinutes: 10, onChange: never },
        privacy,
      },
      view,
      () => {
        told++;
      },
    );
    return { stream, view, rows, visibility, privacy, told: () => told, reads: () => reads };
  };
  it("are read anew where a value changed, and not where none did", async () => {
    const { stream, rows, told, reads } = open("metrics");
    const first = await rows.list();
    assert.deepEqual(first, ["memos", "revenue", "driveSync", "recommendations"]);
    stream.emit();
    await waitFor(() => reads() === 2);
    assert.equal(told(), 0);
    const { metrics } = stream.latest ?? assert.fail();
    stream.emit({ metrics: { ...metrics, memos: { ...(metrics.memos ?? assert.fail()), value: 18 } } });
    await waitFor(() => told() === 1);
    await rows.list();
    assert.equal(rows.item("memos")?.description, "18");
    rows.dispose();
  });

  it("cost nothing while the view is out of sight, and are looked at when it comes back", async () => {
    const { stream, view, rows, visibility, privacy, told, reads } = open("metrics");
    await rows.list();
    view.visible = false;
    privacy.isOn = true;
    stream.emit();
    view.visible = true;
    assert.equal(reads(), 1);
    visibility.fire({ visible: true });
    await waitFor(() => told() === 1);
    assert.equal(reads(), 2);
    rows.dispose();
  });

  it("are old where the process that has the stream does not answer", async () => {
    const { rows } = open("metrics", { answers: false });
    await rows.list();
    assert.equal(rows.item("memos")?.description, "17 · stale");
    rows.dispose();
  });

  it("tell nothing after their end", async () => {
    let asked = 0;
    let seat = () => {};
    const seated = () =>
      new Promise<void>((resolve) => {
        if (asked++ === 0) resolve();
        else seat = resolve;
      });
    const { stream, rows, told, reads } = open("metrics", { seated });
    await rows.list();
    const { metrics } = stream.latest ?? assert.fail();
    stream.emit({ metrics: { ...metrics, memos: { ...(metrics.memos ?? assert.fail()), value: 18 } } });
    await waitFor(() => asked === 2);
    rows.dispose();
    seat();
    await waitFor(() => reads() === 2);
    assert.equal(told(), 0);
  });

  it("are none without a folder", async () => {
    const { rows } = open("metrics", { folder: null });
    assert.deepEqual(await rows.list(), []);
    rows.dispose();
  });
});
