const FOCUSABLE = "button:enabled, select:enabled, input:enabled, summary, [tabindex='0']";

/**
 * Keeps the keyboard's place in the page: what was moved or locked for a moment has the focus again afterwards, and where
 * it is gone, what stands next to its place has it.
 */
export class FocusKeeper {
  private last: HTMLElement | null = null;
  private readonly changes = new MutationObserver((records) => this.follow(records));

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.root.addEventListener("focusin", this.note);
    document.addEventListener("pointerdown", this.forget, true);
    this.changes.observe(this.root, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  }

  stop(): void {
    this.root.removeEventListener("focusin", this.note);
    document.removeEventListener("pointerdown", this.forget, true);
    this.changes.disconnect();
  }

  private readonly note = ({ target }: Event): void => {
    this.last = target as HTMLElement;
  };

  /** A click beside everything leaves the focus nowhere, as it should. */
  private readonly forget = (): void => {
    this.last = null;
  };

  private follow(records: readonly MutationRecord[]): void {
    const { last } = this;
    if (last === null || isKept()) return;
    const unlocked = records.some(({ type, target }) => type === "attributes" && target === last);
    const removals = records.filter(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(last)),
    );
    if (!unlocked && removals.length === 0) return;
    last.focus();
    if (isKept()) return;
    // What was moved, but is hidden since, has left a place where it is now.
    if (last.isConnected) neighbourOf(last, last, this.root)?.focus();
    // What was taken out as a part of something else has left its place with that.
    const removal = removals.find(({ target }) => target.isConnected);
    if (!isKept() && removal) neighbourOf(removal.target, removal.nextSibling, this.root)?.focus();
  }
}

/** Whether something has the focus, or the page itself has not. */
function isKept(): boolean {
  return document.activeElement !== document.body || !document.hasFocus();
}

/** What follows a place in the nearest element around it where something can have the focus, else what precedes it. */
function neighbourOf(parent: Node, place: Node | null, root: HTMLElement): HTMLElement | null {
  let around = parent instanceof HTMLElement ? parent : parent.parentElement;
  for (; around !== null && root.contains(around); around = around.parentElement) {
    const found = [...around.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) =>
      each.checkVisibility(),
    );
    const following = found.find((each) => place?.isConnected && isAtOrAfter(each, place));
    const neighbour = following ?? found.at(-1);
    if (neighbour) return neighbour;
  }
  return null;
}

function isAtOrAfter(element: Node, place: Node): boolean {
  const relation = place.compareDocumentPosition(element);
  return element === place || (relation & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
