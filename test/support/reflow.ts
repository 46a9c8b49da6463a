import type { Page } from "playwright-core";

/** What a narrow or magnified page loses, each told by its element. */
export interface Loss {
  /** CSS pixels by which the page can be scrolled sideways. */
  readonly sideways: number;
  /** Elements that reach over the window's sides. */
  readonly outside: readonly string[];
  /** Elements whose content is cut off, and is not told by an ellipsis with a tooltip either. */
  readonly cut: readonly string[];
  /** Controls that a pointer cannot reach, though the page is scrolled to them. */
  readonly covered: readonly string[];
}

export function lossOf(page: Page): Promise<Loss> {
  return page.evaluate(() => {
    const told = (element: Element) => element.outerHTML.replace(/<!--.*?-->/g, "").slice(0, 160);
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width > 0 &&
        height > 0 &&
        !element.closest(".visually-hidden, .u-wrap, thead") &&
        getComputedStyle(element).visibility === "visible"
      );
    };
    const shown = [...document.querySelectorAll(".command-center *")].filter(isShown);
    // What is in a box that clips or scrolls is the box's own affair: a table of many columns may scroll by itself.
    const isHeld = (element: Element): boolean => {
      const parent = element.parentElement;
      return parent !== null && (getComputedStyle(parent).overflowX !== "visible" || isHeld(parent));
    };
    const isOutside = (element: Element) => {
      if (isHeld(element)) return false;
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > window.innerWidth + 1;
    };
    const isCut = (element: Element) => {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) return false;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (overflowX === "visible" || overflowX === "auto") return false;
      return textOverflow !== "ellipsis" || !element.closest("[title]");
    };
    const isCovered = (control: Element) => {
      control.scrollIntoView({ block: "center" });
      const { left, top, width, height } = control.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit === null || !(control.contains(hit) || hit.contains(control));
    };
    const controls = shown.filter((element) => element.matches("button, select, input, summary, a[href]"));
    return {
      sideways: document.documentElement.scrollWidth - window.innerWidth,
      outside: shown.filter(isOutside).map(told),
      cut: shown.filter(isCut).map(told),
      covered: controls.filter(isCovered).map(told),
    };
  });
}
