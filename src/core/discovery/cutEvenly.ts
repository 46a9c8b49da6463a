/** At most so many of the groups' members, in their order: the first of every group come before the second of any. */
export function cutEvenly<T>(groups: readonly (readonly T[])[], most: number): T[] {
  const ranked = groups.flatMap((group) => group.map((member, rank) => ({ member, rank })));
  const kept = new Set(ranked.toSorted((a, b) => a.rank - b.rank).slice(0, most));
  return ranked.filter((each) => kept.has(each)).map(({ member }) => member);
}
