import type uPlot from "uplot";
import type { ChartData } from "./chart.js";

/** Half a commit's diamond, in CSS pixels. */
const DIAMOND = 4;

/** Alerts and commits over the lines; told apart by shape as well as by colour. */
export function drawMarks(u: uPlot, { marks, from, to }: ChartData): void {
  const { ctx, bbox } = u;
  const style = getComputedStyle(u.root);
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const { at, end, kind } of marks) {
    const colour = style.getPropertyValue(kind === "alert" ? "--trend-alert" : "--trend-commit").trim();
    ctx.fillStyle = colour;
    ctx.strokeStyle = colour;
    if (end > at) {
      const left = u.valToPos(Math.max(at, from), "x", true);
      ctx.globalAlpha = 0.12;
      ctx.fillRect(left, bbox.top, u.valToPos(Math.min(end, to), "x", true) - left, bbox.height);
    }
    if (at < from || at > to) continue;
    const x = Math.round(u.valToPos(at, "x", true));
    ctx.globalAlpha = kind === "alert" ? 1 : 0.45;
    ctx.setLineDash(kind === "alert" ? [4 * devicePixelRatio, 3 * devicePixelRatio] : []);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    if (kind === "commit") drawDiamond(ctx, x, bbox.top, DIAMOND * devicePixelRatio);
  }
  ctx.restore();
}

function drawDiamond(ctx: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.fill();
}
