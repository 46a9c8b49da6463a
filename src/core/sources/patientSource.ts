import { Deadline } from "../deadline.js";
import type { Source, SourceResult } from "./source.js";
import { WrappedSource } from "./wrappedSource.js";

/** The others wait this long (ms) for a source; what takes longer is told when it is there. */
const patience = new Deadline(250);

const LATE: SourceResult = {
  state: { status: "unavailable", file: null, reading: null, error: "It is being read." },
  // Whatever a source gives first is something else.
  revision: -1,
  readAt: null,
  recheckInMs: null,
};

/** Whether nothing of a source is known as yet, not even that there is nothing: its first reading is under way. */
export function isFirstAwaited(result: SourceResult): boolean {
  return result === LATE;
}

/** A source that keeps nobody waiting: while it is slow it shows what it had, and says when it has more. */
export class PatientSource extends WrappedSource {
  private pending: Promise<SourceResult> | null = null;
  private last: SourceResult = LATE;

  /** @param onLate called when a slow collection has ended */
  constructor(
    source: Source,
    private readonly onLate: () => void,
  ) {
    super(source);
  }

  override glance(tell: (result: SourceResult | null) => void): void {
    if (this.pending) {
      tell(null);
      return;
    }
    let late = false;
    const end = patience.begin(() => {
      late = true;
      tell(this.last);
    });
    super.glance((result) => {
      end();
      if (result) this.last = result;
      if (late) this.onLate();
      else tell(result);
    });
  }

  async collect(): Promise<SourceResult> {
    this.pending ??= this.ask();
    const { pending } = this;
    const result = await patience.within(pending, null);
    if (result !== null) return result;
    pending.then(this.onLate, this.onLate);
    return this.last;
  }

  private async ask(): Promise<SourceResult> {
    try {
      this.last = await this.source.collect();
      return this.last;
    } finally {
      this.pending = null;
    }
  }
}
