import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";

/** The file handles of this process, taken so that nothing else in it has one. */
export class TakenHandles {
  private readonly handles: number[] = [];

  /** Takes every handle there is. Returns how many there were. */
  take(): number {
    const before = this.handles.length;
    try {
      for (;;) this.handles.push(openSync(devNull, "r"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EMFILE") throw error;
    }
    return this.handles.length - before;
  }

  /** @param count how many; all if left out */
  free(count = this.handles.length): void {
    for (const handle of this.handles.splice(0, count)) closeSync(handle);
  }
}
