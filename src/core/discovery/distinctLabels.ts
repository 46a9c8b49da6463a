import { labelWithPlace } from "./metricName.js";
import type { Draft, Proposal } from "./proposal.js";

/** A proposal whose label may yet get longer. */
interface Labelled {
  label: string;
  /** Names of what it stands in, the outermost first. */
  readonly places: readonly string[];
  /** How many of them its label does not say yet. */
  unsaid: number;
}

/**
 * The drafts with labels that tell what stands in different places apart: where two would be called the same, the names of
 * what they stand in come first, the nearest one alone if that is enough.
 */
export function withDistinctLabels(drafts: readonly Draft[]): Draft[] {
  const labelled = labelledIn(drafts, []);
  for (let alike = unsettled(labelled); alike.length > 0; alike = unsettled(labelled)) {
    for (const each of alike) {
      each.unsaid--;
      each.label = labelWithPlace(each.places[each.unsaid] ?? "", each.label);
    }
  }
  return relabelled(drafts, labelled.values());
}

/** In the order of `proposalsIn`. */
function labelledIn(drafts: readonly Draft[], around: readonly string[]): Labelled[] {
  return drafts.flatMap((draft) => {
    if (draft.kind !== "value") return labelledIn(draft.entries, [...around, draft.name]);
    const places = [...around, ...placesWithin(draft)];
    return [{ label: draft.label, places, unsaid: places.length }];
  });
}

/** Of a list's field, the objects that it is in within an item. */
function placesWithin({ name, key }: Proposal): string[] {
  return key !== "" && name?.endsWith(`.${key}`) ? name.slice(0, -key.length - 1).split(".") : [];
}

/** Those that are called like another one elsewhere, and could be called otherwise. */
function unsettled(labelled: readonly Labelled[]): Labelled[] {
  const placesOf = new Map<string, Set<string>>();
  for (const { label, places } of labelled) {
    const place = JSON.stringify(places);
    const known = placesOf.get(label);
    if (known) known.add(place);
    else placesOf.set(label, new Set([place]));
  }
  return labelled.filter(({ label, unsaid }) => unsaid > 0 && (placesOf.get(label)?.size ?? 0) > 1);
}

function relabelled(drafts: readonly Draft[], labels: Iterator<Labelled>): Draft[] {
  return drafts.map((draft) =>
    draft.kind === "value"
      ? { ...draft, label: (labels.next().value as Labelled).label }
      : { ...draft, entries: relabelled(draft.entries, labels) },
  );
}
