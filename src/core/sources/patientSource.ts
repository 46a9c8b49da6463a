import { PatientQuestion, patience } from "../patientQuestion.js";
import type { Source, SourceResult } from "./source.js";
import { WrappedSource } from "./wrappedSource.js";

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

/** A source that keeps nobody waiting: while it is slow it shows what it had, and says when it has news. */
export class PatientSource extends WrappedSource {
  private readonly collection: PatientQuestion<SourceResult>;

  /** @param onNews called when a slow collection has ended with something else than was told meanwhile */
  constructor(
    source: Source,
    private readonly onNews: () => void,
  ) {
    super(source);
    this.collection = new PatientQuestion(LATE, { ask: () => source.collect(), isNews, onNews });
  }

  override glance(tell: (result: SourceResult | null) => void): void {
    const { collection } = this;
    if (collection.isPending) {
      tell(null);
      return;
    }
    let told: SourceResult | null = null;
    const end = patience.begin(() => {
      told = collection.last;
      tell(told);
    });
    super.glance((result) => {
      end();
      if (result) collection.last = result;
      if (told === null) tell(result);
      else if (result === null || isNews(told, result)) this.onNews();
    });
  }

  collect(): Promise<SourceResult> {
    return this.collection.ask();
  }
}

/** Something else to show, or a time to collect again that nobody knows of. */
function isNews(told: SourceResult, result: SourceResult): boolean {
  return result.revision !== told.revision || (told.recheckInMs === null && result.recheckInMs !== null);
}
