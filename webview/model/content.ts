/** What the page's body shows: data, or one of the states without any. */

import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { PanelState } from "../../src/protocol/panel.js";
import type { Metric, Snapshot } from "../../src/protocol/snapshot.js";

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

/**
 * A repository's commits alone are nothing: the user came to see the numbers of files. A metric that somebody declared is
 * something even without a value: its card says why.
 */
function hasAnything({ metrics }: Snapshot): boolean {
  return Object.entries(metrics).some(
    ([id, { available, value, origin }]) =>
      id !== "commits" && (available || value !== null || (origin !== null && origin.kind !== "builtIn")),
  );
}

/** The metrics shown as cards, in their order. */
export function cardOrder({
  cards,
  metrics,
}: Pick<Snapshot, "cards" | "metrics">): [id: string, metric: Metric][] {
  return cards.flatMap((id): [string, Metric][] => {
    const metric = ownEntry(metrics, id);
    return metric ? [[id, metric]] : [];
  });
}
