import * as vscode from "vscode";
import { isolated } from "../protocol/direction.js";
import { displayValue } from "../protocol/display.js";
import { timeFormat } from "../protocol/formats.js";
import type { SourceFigures, SourceKind } from "../protocol/health.js";
import { ownEntry } from "../protocol/ownEntry.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { displayAge } from "./age.js";
import { knownMetrics } from "./knownMetrics.js";
import { escapeMarkdown } from "./markdownText.js";
import type { SidebarRow } from "./sidebarRow.js";
import { nameAmongSame } from "./sourceNames.js";
import { LIVE_COLOR, QUIET_COLOR, SEVERITY_COLORS } from "./themeColors.js";

export interface ShownSources {
  /** Concealed already where privacy mode is on, as the sources are. */
  readonly snapshot: Snapshot;
  readonly sources: readonly SourceFigures[];
  /** Whether all of it may be old, because nothing has come for too long. */
  readonly stale: boolean;
  /** BCP 47. */
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const ICONS: Readonly<Record<SourceKind, string>> = {
  file: "file",
  files: "files",
  git: "git-commit",
  url: "globe",
  extension: "extensions",
};

/** Every source of a metric that anything is known of: its age, its size and what is wrong with it. */
export function sourceRows({ snapshot, sources, stale, locale, now }: ShownSources): readonly SidebarRow[] {
  const known = knownMetrics(snapshot);
  const rows = new Map<string, SidebarRow>();
  for (const source of sources) {
    if (!source.metrics.some((id) => known.has(id))) continue;
    const id = rows.has(source.name) ? nameAmongSame(source) : source.name;
    const labels = source.metrics.map((metric) => ownEntry(snapshot.metrics, metric)?.label ?? metric);
    rows.set(id, sourceRow(id, source, labels, isFileThere(source, snapshot), stale, locale, now));
  }
  return [...rows.values()];
}

/** Whether a file can be opened: also one that cannot be read, which is the very one to mend. */
function isFileThere({ kind, state, metrics }: SourceFigures, snapshot: Snapshot): boolean {
  if (kind !== "file") return false;
  return state !== "unavailable" || metrics.some((metric) => ownEntry(snapshot.metrics, metric)?.source);
}

function sourceRow(
  id: string,
  source: SourceFigures,
  labels: readonly string[],
  opens: boolean,
  stale: boolean,
  locale: string,
  now: number,
): SidebarRow {
  const { kind, name, changedAt, size, lastError } = source;
  const state = source.state === "available" && stale ? "stale" : source.state;
  const told = stateText(state);
  const facts = [
    ...(told === null ? [] : [told]),
    ...(changedAt === null ? [] : [displayAge(changedAt, now)]),
    ...(size === null ? [] : [displayValue({ value: size, format: "bytes", unit: null }, locale)]),
  ];
  return {
    id,
    label: name,
    description: facts.map(isolated).join(" · "),
    spoken: [name, told ?? vscode.l10n.t("available"), ...facts.slice(told === null ? 0 : 1)].join(", "),
    icon: state === "available" ? ICONS[kind] : "warning",
    color: colorOf(state, lastError !== null),
    tooltip: tooltipOf(source, labels, locale),
    can: ["source", ...(opens ? ["open"] : [])],
    command: opens ? "fusion.openSource" : null,
  };
}

function tooltipOf(
  { name, changedAt, lastError }: SourceFigures,
  labels: readonly string[],
  locale: string,
): string {
  const format = timeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const writtenMoment = (time: string) => format.format(new Date(time));
  const lines = [`**${escapeMarkdown(name)}**`, escapeMarkdown(labels.map(isolated).join(", "))];
  if (changedAt !== null)
    lines.push(escapeMarkdown(vscode.l10n.t("Last changed {0}", writtenMoment(changedAt))));
  if (lastError !== null) {
    const said = vscode.l10n.t("Last error, {0}: {1}", writtenMoment(lastError.time), lastError.message);
    lines.push(`$(warning) ${escapeMarkdown(said)}`);
  }
  return lines.join("\n\n");
}

function colorOf(state: SourceFigures["state"], failed: boolean): string {
  switch (state) {
    case "available":
      return LIVE_COLOR;
    case "stale":
      return SEVERITY_COLORS.warning;
    case "unavailable":
      return failed ? SEVERITY_COLORS.warning : QUIET_COLOR;
  }
}

/** `null` where all is well. */
function stateText(state: SourceFigures["state"]): string | null {
  switch (state) {
    case "available":
      return null;
    case "stale":
      return vscode.l10n.t("stale");
    case "unavailable":
      return vscode.l10n.t("not available");
  }
}
