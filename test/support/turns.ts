/** What work gives, and how often others had their turn meanwhile. */
export async function turnsDuring<T>(work: Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  const take = () => {
    turns++;
    next = setImmediate(take);
  };
  let next = setImmediate(take);
  try {
    const result = await work;
    return { result, turns };
  } finally {
    clearImmediate(next);
  }
}
