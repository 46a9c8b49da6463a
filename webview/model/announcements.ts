/** Screen readers queue what they are told; more often than this (ms) they would talk over the user. */
const GAP_MS = 4_000;

/** Gathers what is to be said and says it together, never more often than every few seconds. */
export class Announcements {
  private readonly waiting = new Map<string, string>();
  private said = "";
  private lastSpoken = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly speak: (text: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param topic a later text on the same topic replaces one that still waits */
  add(topic: string, text: string): void {
    this.waiting.set(topic, text);
    if (this.timer !== undefined) return;
    // A clock that was set back makes nobody wait for longer.
    const wait = Math.min(GAP_MS, Math.max(0, this.lastSpoken + GAP_MS - this.now()));
    this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Says a text at once, in place of what was said last and of all that waits. */
  interrupt(text: string): void {
    this.stop();
    this.waiting.clear();
    this.waiting.set("", text);
    this.flush();
  }

  /** Says at once what answers the user, with all that waits. */
  answer(text: string): void {
    this.stop();
    this.waiting.set("answer", text);
    this.flush();
  }

  /** Leaves unsaid what waits on a topic. */
  drop(topic: string): void {
    this.waiting.delete(topic);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    if (this.waiting.size === 0) return;
    this.lastSpoken = this.now();
    const text = [...this.waiting.values()].join(". ");
    this.waiting.clear();
    // A region whose text stays as it is says nothing.
    this.said = text === this.said ? `${text}\u00a0` : text;
    this.speak(this.said);
  }
}
