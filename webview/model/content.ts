/** What the page's body shows: data, or one of the states without any. */
import type { PanelState } from "../../src/protocol/panel.js";
import { BUILT_IN_METRICS, type Metric, type Snapshot } from "../../src/protocol/snapshot.js";

export type Content =
  | { readonly kind: "noFolder" }
  | { readonly kind: "empty" }
  | { readonly kind: "loading" }
  | { readonly kind: "data"; readonly snapshot: Snapshot };

export function contentOf(panel: PanelState, snapshot: Snapshot | null): Content {
  if (panel.activeFolder === null) return { kind: "noFolder" };
  if (snapshot && hasAnything(snapshot)) return { kind: "data", snapshot };
  const folder = panel.folders.find(({ uri }) => uri === panel.activeFolder);
  if (folder && !folder.hasData) return { kind: "empty" };
  return snapshot ? { kind: "data", snapshot } : { kind: "loading" };
}

function hasAnything(snapshot: Snapshot): boolean {
  return Object.values(snapshot.metrics).some(({ available, value }) => available || value !== null);
}

const BUILT_IN: readonly string[] = BUILT_IN_METRICS;

/** The built-in metrics in their own order, then all others in the snapshot's. */
export function cardOrder(metrics: Snapshot["metrics"]): [id: string, metric: Metric][] {
  const rank = (id: string) => {
    const place = BUILT_IN.indexOf(id);
    return place === -1 ? BUILT_IN.length : place;
  };
  return Object.entries(metrics).sort(([a], [b]) => rank(a) - rank(b));
}
