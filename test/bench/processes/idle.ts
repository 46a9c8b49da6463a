/** A process that does nothing but watch its own event loop: what holds it up comes from the machine. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { answer } from "../support/remote.js";

const probe = monitorEventLoopDelay({ resolution: 1 });

const requests = {
  watch(): void {
    probe.reset();
    probe.enable();
  },
  /** The longest block (ms) since `watch`. */
  longestBlock(): number {
    probe.disable();
    return probe.max / 1e6;
  },
};

export type Idle = typeof requests;

answer(requests);
