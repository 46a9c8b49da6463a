import type { EmissionTrigger } from "../protocol/snapshot.js";

/** A refresh that somebody waits for is named before what happened to come with it. */
const BY_WEIGHT: readonly EmissionTrigger[] = ["start", "folder", "refresh", "interval", "file"];

/** Why the next emission is wanted. */
export class WantedTriggers {
  private readonly wanted = new Set<EmissionTrigger>();

  add(trigger: EmissionTrigger): void {
    this.wanted.add(trigger);
  }

  clear(): void {
    this.wanted.clear();
  }

  /**
   * Takes all of them, and names the weightiest; `null` where nothing changed and nobody waits.
   * @param changed whether anything did
   */
  take(changed: boolean): EmissionTrigger | null {
    const wanted = BY_WEIGHT.find((trigger) => this.wanted.has(trigger)) ?? null;
    this.wanted.clear();
    return wanted === "file" && !changed ? null : wanted;
  }
}
