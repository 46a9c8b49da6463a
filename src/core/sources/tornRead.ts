import { SourceError } from "./sourceError.js";

/** How often a file that is written while it is read is read again, before it counts as unreadable. */
const ATTEMPTS = 5;

/**
 * Reads until nobody wrote meanwhile.
 * @param readOnce "torn" where somebody did
 * @throws SourceError where somebody always does, and whatever `readOnce` throws
 */
export async function readUntorn<T>(readOnce: () => Promise<T | "torn">): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const reading = await readOnce();
    if (reading !== "torn") return reading;
  }
  throw new SourceError("the file is being written all the time. It is read again soon.", null, true);
}
