import type uPlot from "uplot";
import { rowAt } from "../model/trendData.js";
import type { ChartData } from "./chart.js";

/** A dot on every line where the cursor stands: on the value that holds there, which is the one that is read out. */
export class CursorDots {
  private readonly dots: HTMLElement[] = [];

  /** @param left of the cursor, in CSS pixels; negative where there is none */
  place(u: uPlot, { times, lines }: ChartData, left: number): void {
    const row = left < 0 ? -1 : rowAt(times, u.posToVal(left, "x"));
    const numeric = lines.filter(({ text }) => !text);
    for (const [index, { values, colour }] of numeric.entries()) {
      const value = values[row];
      const dot = this.dot(u, index);
      dot.hidden = typeof value !== "number";
      if (typeof value !== "number") continue;
      dot.dataset.value = String(value);
      dot.style.backgroundColor = `var(${colour})`;
      dot.style.transform = `translate(${left}px, ${u.valToPos(value, `y${index}`)}px)`;
    }
  }

  private dot(u: uPlot, index: number): HTMLElement {
    const known = this.dots[index];
    if (known) return known;
    const dot = document.createElement("div");
    dot.className = "trend-cursor-dot";
    dot.dataset.testid = "trend-cursor-dot";
    u.over.append(dot);
    this.dots[index] = dot;
    return dot;
  }
}
