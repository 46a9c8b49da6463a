import { posix } from "node:path";
import { unpackedName } from "./packedLog.js";

/** Whether two names differ in numbers alone, as app.log.1 and app.log.2 do, packed or not. */
export function sameSeries(a: string, b: string): boolean {
  const [one, other] = [a, b].map((file) => unpackedName(file).replace(/\d+/g, "0"));
  return one === other;
}

/** Which of the names in a file's folder are of its series, as paths. */
export function seriesOf(file: string, names: readonly string[]): string[] {
  const { dir, base } = posix.parse(file);
  const others = names.filter((name) => name !== base && sameSeries(name, base));
  return others.map((name) => posix.join(dir, name));
}
