/**
 * An entry of a record by a name that users choose. `toString` or `constructor` would else find what every object has.
 */
export function ownEntry<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
