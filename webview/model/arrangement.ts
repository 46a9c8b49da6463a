/** An order of the cards that the user has chosen and the stream does not show yet. */
import type { Snapshot } from "../../src/protocol/snapshot.js";

export interface Arrangement {
  readonly cards: readonly string[];
  /** Whether it is in `fusion.json`: the stream's next order is then the one that counts. */
  readonly saved: boolean;
}

/** The cards' ids as they are to be shown. */
export function arrangedCards(
  { cards }: Pick<Snapshot, "cards">,
  arrangement: Arrangement | null,
): readonly string[] {
  return arrangement?.cards ?? cards;
}

/** What is left of an arrangement when a snapshot comes: nothing where that shows it, or speaks of other cards. */
export function arrangementAfter(
  arrangement: Arrangement | null,
  before: Pick<Snapshot, "cards"> | null,
  { cards }: Pick<Snapshot, "cards">,
): Arrangement | null {
  if (arrangement === null || isSame(cards, arrangement.cards)) return null;
  if (!isSame([...cards].sort(), [...arrangement.cards].sort())) return null;
  const isNext = before !== null && !isSame(before.cards, cards);
  return arrangement.saved && isNext ? null : arrangement;
}

/** All cards with one of them at another place, counted from 0 among the others. */
export function withCardAt(cards: readonly string[], card: string, place: number): readonly string[] {
  const others = cards.filter((id) => id !== card);
  return [...others.slice(0, place), card, ...others.slice(place)];
}

export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
