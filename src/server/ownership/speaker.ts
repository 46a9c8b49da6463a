import { Board } from "./board.js";

/** A window on the folder. */
interface Speaker {
  tellSpeaks(speaks: boolean): void;
}

/**
 * Which one of a folder's windows speaks to the user of what concerns all of them: the one that had the user's attention
 * last, so that nothing is said twice.
 */
export class Speakers {
  private readonly windows = new Set<Speaker>();
  private chosen: Speaker | null = null;
  /** Whether it is the window of this process. */
  readonly own: Board<boolean>;

  /** @param isWindow whether this process has a window of its own */
  constructor(private readonly isWindow: boolean) {
    this.own = new Board(isWindow);
  }

  /** @returns whether it speaks from now on: there was nobody to do so */
  add(window: Speaker): boolean {
    this.windows.add(window);
    if (this.isWindow || this.chosen !== null) return false;
    this.chosen = window;
    return true;
  }

  remove(window: Speaker): void {
    this.windows.delete(window);
    if (this.chosen === window) this.choose(this.isWindow ? null : ([...this.windows][0] ?? null));
  }

  /** A window has got the user's attention; `null` for that of this process. */
  choose(window: Speaker | null): void {
    if (window === this.chosen) return;
    this.chosen?.tellSpeaks(false);
    this.chosen = window;
    window?.tellSpeaks(true);
    const own = window === null && this.isWindow;
    if (own !== this.own.value) this.own.set(own);
  }
}
