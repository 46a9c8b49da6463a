import { MetricCard } from "./components/metricCard.js";
import { say } from "./intent.js";
import { isSame, withCardAt } from "./model/arrangement.js";

/** A press becomes a drag when the pointer has moved this far (px); before, it is a click. */
const SLOP = 6;

/** A card on its way: pressed, and dragged once the pointer has moved. */
interface Drag {
  readonly list: HTMLElement;
  readonly card: MetricCard;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  moving: boolean;
  /** The order that letting go gives; `null` where that changes nothing. */
  order: readonly string[] | null;
}

/** Arranges the cards of a list, by Alt+Shift and an arrow key on a card, or by dragging one. */
export class CardMoves {
  private drag: Drag | null = null;

  /** @param drawn resolves when the list shows what was said last */
  constructor(private readonly drawn: () => Promise<unknown>) {}

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
    if (!altKey || !shiftKey || ctrlKey || metaKey || !key.startsWith("Arrow")) return;
    const list = event.currentTarget as HTMLElement;
    const card = cardAt(event);
    if (card === null) return;
    event.preventDefault();
    const cards = cardsOf(list);
    const place = placeByKey(cards, cards.indexOf(card), key);
    const before = cards.map(({ metricId }) => metricId);
    const order = withCardAt(before, card.metricId, place);
    if (isSame(order, before)) return;
    const focused = document.activeElement as HTMLElement | null;
    say(card, { kind: "arrange", cards: order, moved: card.metricId });
    // What is moved in the page loses the focus: it is given back before the next key can come.
    void this.drawn().then(() => {
      focused?.focus();
      card.scrollIntoView({ block: "nearest" });
    });
  };

  readonly onPointerDown = (event: PointerEvent): void => {
    this.end();
    const { button, pointerType, pointerId, clientX, clientY } = event;
    const card = cardAt(event);
    // A finger scrolls; the card's other buttons are for themselves.
    if (button !== 0 || pointerType === "touch" || card === null) return;
    if (!(event.target as Element).closest("button.card")) return;
    const list = event.currentTarget as HTMLElement;
    this.drag = { list, card, pointer: pointerId, x: clientX, y: clientY, moving: false, order: null };
    window.addEventListener("pointermove", this.onMove);
    window.addEventListener("pointerup", this.onUp);
    window.addEventListener("pointercancel", this.end);
    window.addEventListener("blur", this.end);
    window.addEventListener("keydown", this.onEscape, true);
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag === null || event.pointerId !== drag.pointer) return;
    if (!drag.moving) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLOP) return;
      drag.moving = true;
      drag.list.classList.add("arranging");
      drag.card.classList.add("dragged");
      // The pointer may leave the page and come back.
      drag.card.setPointerCapture(drag.pointer);
    }
    drag.order = mark(drag, event.clientX, event.clientY);
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag === null || event.pointerId !== drag.pointer) return;
    if (drag.moving) swallowClick();
    this.end();
    const { card, order } = drag;
    if (order !== null) say(card, { kind: "arrange", cards: order, moved: card.metricId });
  };

  private readonly onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.drag?.moving) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    this.end();
  };

  private readonly end = (): void => {
    const { drag } = this;
    if (drag === null) return;
    this.drag = null;
    drag.list.classList.remove("arranging");
    drag.card.classList.remove("dragged");
    unmark(drag.list);
    window.removeEventListener("pointermove", this.onMove);
    window.removeEventListener("pointerup", this.onUp);
    window.removeEventListener("pointercancel", this.end);
    window.removeEventListener("blur", this.end);
    window.removeEventListener("keydown", this.onEscape, true);
  };
}

function cardAt({ target }: Event): MetricCard | null {
  return target instanceof Element ? target.closest<MetricCard>("fusion-metric-card") : null;
}

function cardsOf(list: HTMLElement): MetricCard[] {
  return [...list.children].filter((child) => child instanceof MetricCard);
}

function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === "rtl";
}

/** As many cards stand beside each other. */
function columnsOf(cards: readonly MetricCard[]): number {
  const top = cards[0]?.offsetTop;
  const below = cards.findIndex(({ offsetTop }) => offsetTop !== top);
  return below < 0 ? cards.length : below;
}

/** Where an arrow key leads from a place, as the eye sees it. */
function placeByKey(cards: readonly MetricCard[], place: number, key: string): number {
  const [first] = cards;
  if (!first) return place;
  const last = cards.length - 1;
  const columns = columnsOf(cards);
  const forward = isRightToLeft(first) ? "ArrowLeft" : "ArrowRight";
  if (key === "ArrowUp") return place < columns ? place : place - columns;
  if (key === "ArrowDown") {
    const inLastRow = Math.floor(place / columns) === Math.floor(last / columns);
    return inLastRow ? place : Math.min(last, place + columns);
  }
  return Math.min(last, Math.max(0, place + (key === forward ? 1 : -1)));
}

/** Shows where a card would come to stand, and says in which order all would be then; `null` where as they are. */
function mark({ list, card }: Drag, x: number, y: number): readonly string[] | null {
  unmark(list);
  const cards = cardsOf(list);
  const order = cards.map(({ metricId }) => metricId);
  const nearest = nearestTo(cards, x, y);
  if (nearest === null || nearest === card) return null;
  const others = cards.filter((each) => each !== card);
  const after = isPast(nearest, columnsOf(cards) === 1, x, y);
  const arranged = withCardAt(order, card.metricId, others.indexOf(nearest) + (after ? 1 : 0));
  if (isSame(arranged, order)) return null;
  nearest.dataset.drop = after ? "after" : "before";
  return arranged;
}

function unmark(list: HTMLElement): void {
  for (const card of cardsOf(list)) delete card.dataset.drop;
}

function nearestTo(cards: readonly MetricCard[], x: number, y: number): MetricCard | null {
  let nearest: MetricCard | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const card of cards) {
    const { left, right, top, bottom } = card.getBoundingClientRect();
    const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    if (distance >= least) continue;
    least = distance;
    nearest = card;
  }
  return nearest;
}

/** Whether a point lies in the half of a card that is read last. */
function isPast(card: MetricCard, stacked: boolean, x: number, y: number): boolean {
  const { left, width, top, height } = card.getBoundingClientRect();
  if (stacked) return y > top + height / 2;
  const isRight = x > left + width / 2;
  return isRightToLeft(card) ? !isRight : isRight;
}

/** Letting go of what was dragged clicks on it, too; that comes before anything else can. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    // One of the keyboard has no count, and is meant.
    if (event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  window.addEventListener("pointerdown", () => window.removeEventListener("click", swallow, true), {
    capture: true,
    once: true,
  });
}
