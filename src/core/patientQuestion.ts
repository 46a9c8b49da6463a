import { Deadline } from "./deadline.js";

/** Who asks waits this long (ms); what takes longer is told when it is there. */
export const patience = new Deadline(250);

interface Question<T> {
  ask(): Promise<T>;
  /** Whether an answer says something that whoever was told the earlier one has to know. */
  isNews(told: T, answer: T): boolean;
  /** Called when a slow answer is there that is news to somebody. */
  onNews(): void;
}

/** A question that keeps nobody waiting: while its answer is slow, the one before holds. */
export class PatientQuestion<T extends object> {
  private pending: Promise<T> | null = null;
  /** Whether somebody asked while an answer was under way: it may be of the time before what that one asks for. */
  private askedMeanwhile = false;

  /** @param last the answer before there is any */
  constructor(
    public last: T,
    private readonly question: Question<T>,
  ) {}

  get isPending(): boolean {
    return this.pending !== null;
  }

  /** @param wait how long to wait */
  async ask(wait = patience): Promise<T> {
    if (this.pending) this.askedMeanwhile = true;
    this.pending ??= this.answer();
    const { pending } = this;
    const answer = await wait.within(pending, null);
    if (answer !== null) return answer;
    this.tellNewsOf(pending);
    return this.last;
  }

  private async answer(): Promise<T> {
    try {
      this.last = await this.question.ask();
      return this.last;
    } finally {
      this.pending = null;
      if (this.askedMeanwhile) {
        this.askedMeanwhile = false;
        this.pending = this.answer();
        this.tellNewsOf(this.pending);
      }
    }
  }

  private tellNewsOf(pending: Promise<T>): void {
    const told = this.last;
    const tell = () => {
      if (this.question.isNews(told, this.last)) this.question.onNews();
    };
    pending.then(tell, tell);
  }
}
