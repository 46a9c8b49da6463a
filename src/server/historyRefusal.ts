import { isSourceError } from "../core/sources/sourceError.js";
import type { Refusal } from "../protocol/events.js";
import { refusal } from "./refusal.js";

/** What to say where the history fails. What its storage says names paths of this machine, and is for the log. */
export function historyRefusal(error: unknown): Refusal {
  const reason = isSourceError(error) ? error.reason : "The history cannot be read now. The log says why.";
  return refusal("UNAVAILABLE", reason);
}
