/** States as bands on the time line: every one with its pattern and, where there is room, its word. */
import type uPlot from "uplot";
import type { StateMark } from "../model/stateMarks.js";
import type { ChartData, ChartLine } from "./chart.js";

/** Of a metric's row, in CSS pixels; the band leaves a little of it free. */
export const ROW_HEIGHT = 24;
const BAND_HEIGHT = 18;
const FONT_SIZE = 11;
/** A pattern repeats after so many CSS pixels. */
const TILE = 6;

interface Brush {
  readonly ctx: CanvasRenderingContext2D;
  readonly colour: (name: string) => string;
  readonly fills: Map<StateMark, CanvasPattern | string>;
}

/** @param top of the first row, in pixels of the canvas */
export function drawBands(u: uPlot, data: ChartData, top: number): void {
  const { ctx } = u;
  const style = getComputedStyle(u.root);
  const brush = { ctx, colour: (name: string) => style.getPropertyValue(name).trim(), fills: new Map() };
  ctx.save();
  ctx.font = `${FONT_SIZE * devicePixelRatio}px ${style.fontFamily}`;
  ctx.textBaseline = "middle";
  for (const [row, line] of data.lines.filter(({ text }) => text).entries()) {
    drawRow(u, data, line, top + row * ROW_HEIGHT * devicePixelRatio, brush);
  }
  ctx.restore();
}

function drawRow(u: uPlot, { times, states }: ChartData, line: ChartLine, top: number, brush: Brush): void {
  const { ctx, colour } = brush;
  const { left: first, width } = u.bbox;
  const last = first + width;
  ctx.fillStyle = colour("--fusion-quiet");
  ctx.textAlign = "right";
  const room = first - 12 * devicePixelRatio;
  ctx.fillText(shortened(ctx, line.label, room), first - 8 * devicePixelRatio, middleOf(top));
  ctx.textAlign = "left";
  for (let index = 0; index < times.length; ) {
    const value = line.values[index] ?? null;
    let end = index + 1;
    while (end < times.length && line.values[end] === value) end++;
    const left = Math.max(first, u.valToPos(times[index] ?? 0, "x", true));
    const right = Math.min(last, u.valToPos(times[Math.min(end, times.length - 1)] ?? 0, "x", true));
    index = end;
    const mark = typeof value === "string" ? states.get(value) : undefined;
    if (mark && right >= left) drawBand(brush, { left, right, top }, mark, String(value));
  }
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

function drawBand(brush: Brush, { left, right, top }: Place, mark: StateMark, word: string): void {
  const { ctx, colour } = brush;
  const height = BAND_HEIGHT * devicePixelRatio;
  // What lasted for a moment only is seen all the same; neighbours are a hair apart.
  const width = Math.max(2 * devicePixelRatio, right - left - devicePixelRatio);
  const tone = colour(`--trend-${mark.tone}`);
  ctx.fillStyle = tone;
  ctx.globalAlpha = mark.pattern === "solid" ? 1 : 0.2;
  ctx.fillRect(left, top, width, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = fillOf(brush, mark, tone);
  if (mark.pattern !== "plain") ctx.fillRect(left, top, width, height);
  ctx.fillStyle = tone;
  ctx.fillRect(left, top + height - 2 * devicePixelRatio, width, 2 * devicePixelRatio);

  const length = ctx.measureText(word).width;
  if (length + 12 * devicePixelRatio > width) return;
  ctx.fillStyle = colour("--trend-paper");
  const begin = left + 3 * devicePixelRatio;
  if (mark.pattern !== "plain") {
    const edge = 2 * devicePixelRatio;
    ctx.fillRect(begin, top + edge, length + 6 * devicePixelRatio, height - 2 * edge);
  }
  ctx.fillStyle = colour("--fusion-strong");
  ctx.fillText(word, begin + 3 * devicePixelRatio, middleOf(top));
}

function fillOf({ ctx, fills }: Brush, mark: StateMark, tone: string): CanvasPattern | string {
  const known = fills.get(mark);
  if (known !== undefined) return known;
  const fill = patternOf(ctx, mark.pattern, tone) ?? tone;
  fills.set(mark, fill);
  return fill;
}

/** `null` where one colour fills it all. */
function patternOf(
  ctx: CanvasRenderingContext2D,
  pattern: StateMark["pattern"],
  tone: string,
): CanvasPattern | null {
  const size = Math.round(TILE * devicePixelRatio);
  const tile = new OffscreenCanvas(size, size);
  const pen = tile.getContext("2d");
  if (!pen) return null;
  pen.strokeStyle = tone;
  pen.fillStyle = tone;
  pen.lineWidth = 1.5 * devicePixelRatio;
  switch (pattern) {
    case "plain":
    case "solid":
      return null;
    case "hatched":
      // Three lines, so that they meet those of the neighbouring tiles.
      for (const shift of [-size, 0, size]) stroke(pen, shift, size, shift + size, 0);
      break;
    case "striped":
      stroke(pen, size / 2, 0, size / 2, size);
      break;
    case "ruled":
      stroke(pen, 0, size / 2, size, size / 2);
      break;
    case "dotted":
      pen.arc(size / 2, size / 2, 1.3 * devicePixelRatio, 0, 2 * Math.PI);
      pen.fill();
  }
  return ctx.createPattern(tile, "repeat");
}

function stroke(
  pen: OffscreenCanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
}

function middleOf(top: number): number {
  return top + (BAND_HEIGHT / 2) * devicePixelRatio;
}

/** A text as far as it has room (pixels of the canvas). */
function shortened(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 0 && ctx.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return length === 0 ? "" : `${text.slice(0, length)}…`;
}
