/** Scrolling fires with every frame; it is remembered once it rests this long (ms). */
const REST_MS = 250;

/** Remembers how far the page is scrolled, and goes back there once there is something to scroll. */
export class ScrollPosition {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private target: number,
    private readonly onRest: (scroll: number) => void,
  ) {}

  start(): void {
    window.addEventListener("scroll", this.wait, { passive: true });
  }

  stop(): void {
    window.removeEventListener("scroll", this.wait);
    clearTimeout(this.timer);
  }

  restore(): void {
    const { target } = this;
    this.target = 0;
    // After the frame that draws the content: until then, the page has no height to scroll.
    if (target > 0) requestAnimationFrame(() => window.scrollTo({ top: target }));
  }

  private readonly wait = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onRest(window.scrollY), REST_MS);
  };
}
