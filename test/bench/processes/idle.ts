/** A process that does nothing but watch its own event loop: what holds it up comes from the machine. */
import { LoopWatch } from "../support/loopWatch.js";
import { answer } from "../support/remote.js";

const watch = new LoopWatch();

const requests = {
  watch: () => watch.start(),
  /** The longest block since `watch`. */
  longestBlock: () => watch.stop(),
};

export type Idle = typeof requests;

answer(requests);
