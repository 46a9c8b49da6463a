/**
 * Calls at a time into one folder: a file system that does not answer keeps each on one of the process's four threads, and
 * the other folders need some of them.
 */
const MAX_CALLS = 2;

interface Calls {
  running: number;
  readonly waiting: ((end: () => void) => void)[];
}

/** By folder, with the root: the threads are the process's, whoever calls. */
const callsByFolder = new Map<string, Calls>();

/** Lets few calls at a time into each folder that stands in the workspace folder; the others wait for those. */
export class CallGate {
  /** @param root absolute path of the workspace folder */
  constructor(private readonly root: string) {}

  /**
   * Begins a call as soon as it may.
   * @param path what the call is about, relative to the workspace folder, with `/`
   * @param begin given what to do when the call has ended; it must not wait for another call through the gate
   */
  enter(path: string, begin: (end: () => void) => void): void {
    const slash = path.indexOf("/");
    const folder = `${this.root}/${slash < 0 ? path : path.slice(0, slash)}`;
    const calls = callsByFolder.get(folder) ?? { running: 0, waiting: [] };
    if (calls.running === MAX_CALLS) {
      calls.waiting.push(begin);
      return;
    }
    calls.running++;
    callsByFolder.set(folder, calls);
    const end = () => {
      const next = calls.waiting.shift();
      if (next) next(end);
      else if (--calls.running === 0) callsByFolder.delete(folder);
    };
    begin(end);
  }

  /** The same for a call that gives a promise. */
  run<T>(path: string, call: () => Promise<T>): Promise<T> {
    return new Promise((resolve) => this.enter(path, (end) => resolve(call().finally(end))));
  }
}
