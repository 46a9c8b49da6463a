/** Keys by which one goes from entry to entry. */
const GOING: ReadonlySet<string> = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/**
 * Listens to a list's keys, changes and blurs for what is chosen in it. On Windows and Linux keys go through the entries of
 * a list that is closed, and each entry is a change: what they come to counts with Enter or when the list is left, and
 * Escape goes back. (A list cannot be opened for them: in a frame of another origin, as a webview is, a page may not.)
 */
export class ListChoice implements EventListenerObject {
  private going = false;
  /** The entry that keys have begun from; `null` where none have. */
  private begun: string | null = null;

  constructor(private readonly choose: (value: string) => void) {}

  handleEvent(event: Event): void {
    const list = event.currentTarget;
    if (!(list instanceof HTMLSelectElement)) return;
    if (event instanceof KeyboardEvent) this.key(event, list);
    else if (event.type === "change" && !this.going) this.settle(list, null);
    else if (event.type === "blur") this.settle(list, this.begun ?? list.value);
  }

  private key(event: KeyboardEvent, list: HTMLSelectElement): void {
    const { type, key } = event;
    const letter = key.length === 1 && key !== " ";
    if (type === "keyup") this.going = false;
    else if (GOING.has(key) || letter) {
      this.begun ??= list.value;
      this.going = true;
      // Where the key opens the list instead, its end is not heard, and what is chosen then counts at once.
      if (!letter)
        setTimeout(() => {
          this.going = false;
        });
    } else if (key === "Enter" && this.begun !== null) {
      event.preventDefault();
      this.settle(list, this.begun);
    } else if (key === "Escape" && this.begun !== null) {
      list.value = this.begun;
      this.begun = null;
    }
  }

  private settle(list: HTMLSelectElement, before: string | null): void {
    this.begun = null;
    if (list.value !== before) this.choose(list.value);
  }
}
