/** The chart of the trend, a bundle of its own: it is loaded when the first one is shown. */
import uPlot from "uplot";
import type { MetricValue } from "../../src/protocol/snapshot.js";
import type { Chart, ChartData, ChartLine, ChartListener } from "./chart.js";
import { CursorDots } from "./cursorDots.js";
import { drawBands, ROW_HEIGHT } from "./stateBands.js";
import { longestLabels, tickLabels } from "./tickLabels.js";
import { drawMarks } from "./timeMarks.js";
import { areWhole, increments, valueRange } from "./valueAxis.js";

/** In CSS pixels: of the lines with their time axis. */
const LINES_HEIGHT = 250;
const TIME_AXIS_HEIGHT = 32;
const TOP_ROOM = 10;
/** Between two times of the axis at least, and beside the label of one. */
const TICK_SPACE = 50;
const LABEL_GAP = 12;
/** Beside rows of states, for their labels. */
const LABEL_ROOM = 84;
/** A chart that is narrower than this has room for one axis, any other one for two: the readout has all values. */
const NARROW = 560;

/** Of a line, in CSS pixels; one with a step in so few of them is thinner, and is drawn in a fraction of the time. */
const LINE_WIDTH = 1.5;
const DENSE_STEP = 4;
const DENSE_LINE_WIDTH = 1;

/** Draws a chart into an element; `destroy` it to draw it anew, after the theme has changed, say. */
export function drawChart(target: HTMLElement, first: ChartData, listener: ChartListener): Chart {
  let data = first;
  const numeric = data.lines.filter(({ text }) => !text);
  const rows = data.lines.length - numeric.length;
  const height = (numeric.length > 0 ? LINES_HEIGHT : TOP_ROOM + TIME_AXIS_HEIGHT) + rows * ROW_HEIGHT;
  const colour = (name: string) => getComputedStyle(target).getPropertyValue(name).trim();
  // Text gets some of the foreground to be read, as in base.css.
  const legible = (name: string) =>
    `color-mix(in srgb, ${colour(name)} 80%, ${colour("--vscode-foreground")})`;
  const quiet = getComputedStyle(target).color;
  const grid = { stroke: colour("--trend-grid"), width: 1 };
  const font = `11px ${getComputedStyle(target).fontFamily}`;
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const dots = new CursorDots();
  const lineOf = (index: number) => data.lines.filter(({ text }) => !text)[index];
  const isWhole = (index: number) => areWhole(lineOf(index)?.values ?? []);

  const valueAxis = (line: ChartLine, index: number): uPlot.Axis => {
    const isHidden = (u: uPlot) => index > 1 || (index > 0 && u.width < NARROW);
    return {
      scale: `y${index}`,
      side: index % 2 === 0 ? 3 : 1,
      stroke: numeric.length > 1 ? legible(line.colour) : quiet,
      grid: index === 0 ? grid : { show: false },
      ticks: { show: false },
      font,
      size: (u, labels) =>
        isHidden(u) ? 0 : axisWidth(u.ctx, font, labels, rows > 0 && index === 0 ? LABEL_ROOM : 0),
      incrs: () => increments(isWhole(index)),
      values: (u, splits) => splits.map((split) => (isHidden(u) ? "" : line.write(split))),
    };
  };

  const plot = new uPlot(
    {
      width: Math.max(1, target.clientWidth),
      height,
      ms: 1,
      legend: { show: false },
      padding: [
        TOP_ROOM,
        20,
        numeric.length > 0 ? rows * ROW_HEIGHT : 0,
        numeric.length > 0 ? 4 : LABEL_ROOM,
      ],
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        points: { show: false },
        bind: { mousedown: (u, _target, handler) => (event) => pressed(u, event, handler, listener) },
      },
      scales: {
        x: { time: true, range: () => [data.from, data.to] },
        ...Object.fromEntries(
          numeric.map((_, index) => [
            `y${index}`,
            {
              range: (_u: uPlot, least: number | null, most: number | null) =>
                valueRange(least, most, isWhole(index)),
            },
          ]),
        ),
      },
      axes: [
        {
          stroke: quiet,
          grid,
          ticks: { ...grid, size: 5 },
          font,
          size: TIME_AXIS_HEIGHT,
          space: (u, _axis, from, to, width) =>
            labelSpace(u.ctx, font, longestLabels(from, to, (to - from) / (width / TICK_SPACE), data.locale)),
          values: (_u, splits, _axis, _space, increment) => tickLabels(splits, increment, data.locale),
        },
        ...numeric.map(valueAxis),
      ],
      series: [
        {},
        ...numeric.map(
          (line, index): uPlot.Series => ({
            scale: `y${index}`,
            stroke: colour(line.colour),
            width: lineWidth(line, target.clientWidth),
            dash: [...line.dash],
            points: { show: false },
            // A step up from the value before the gap would stand at its end, half a line wide.
            gaps: (_u, _series, _begin, _end, gaps) =>
              gaps.map(([left, right]) => [left, right + 2 * devicePixelRatio]),
            ...(stepped && { paths: stepped }),
          }),
        ),
      ],
      hooks: {
        draw: [
          (u) => {
            const below = u.ctx.canvas.height - rows * ROW_HEIGHT * devicePixelRatio;
            drawBands(u, data, numeric.length > 0 ? below : u.bbox.top);
          },
          (u) => drawMarks(u, data),
          (u) => drawEnds(u, data, colour("--trend-paper")),
        ],
        setCursor: [
          (u) => {
            const { left = -1 } = u.cursor;
            dots.place(u, data, left);
            listener.onCursor(left < 0 ? null : u.posToVal(left, "x"));
          },
        ],
        setSelect: [
          (u) => {
            const { left, width } = u.select;
            if (width < 4) return;
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            listener.onWindow({ from: u.posToVal(left, "x"), to: u.posToVal(left + width, "x") });
          },
        ],
      },
    },
    plotted(data),
    target,
  );
  const resizing = new ResizeObserver(() => {
    const width = Math.max(1, target.clientWidth);
    if (width !== plot.width) plot.setSize({ width, height });
  });
  resizing.observe(target);
  return {
    update: (next) => {
      if (kindsOf(next) !== kindsOf(data) || next.locale !== data.locale) return false;
      data = next;
      for (const [index, series] of plot.series.slice(1).entries()) {
        const line = lineOf(index);
        if (line) series.width = lineWidth(line, plot.width);
      }
      plot.setData(plotted(data));
      return true;
    },
    destroy: () => {
      resizing.disconnect();
      plot.destroy();
    },
  };
}

/** Which of its lines are words, what they are called, and in which colours: what a chart cannot change. */
function kindsOf({ lines }: ChartData): string {
  return JSON.stringify(lines.map(({ label, text, colour }) => [label, text, colour]));
}

function plotted({ times, lines }: ChartData): uPlot.AlignedData {
  const numeric = lines.filter(({ text }) => !text);
  return [[...times], ...numeric.map(({ values }) => values.map(numberOrNull))];
}

/** @param room of the chart, in CSS pixels */
function lineWidth({ values }: ChartLine, room: number): number {
  const steps = values.filter((value, index) => value !== values[index - 1]).length;
  return steps * DENSE_STEP > room ? DENSE_LINE_WIDTH : LINE_WIDTH;
}

function numberOrNull(value: MetricValue): number | null {
  return typeof value === "number" ? value : null;
}

/** CSS pixels for an axis with these labels; in steps, so that it does not move with every value. */
function axisWidth(
  ctx: CanvasRenderingContext2D,
  font: string,
  labels: readonly string[] | null,
  least: number,
): number {
  return Math.max(least, 8 * Math.ceil((widest(ctx, font, labels ?? []) + 16) / 8));
}

/** CSS pixels from one time of the axis to the next, that no label touches another one. */
function labelSpace(ctx: CanvasRenderingContext2D, font: string, labels: readonly string[]): number {
  return Math.max(TICK_SPACE, widest(ctx, font, labels) + LABEL_GAP);
}

function widest(ctx: CanvasRenderingContext2D, font: string, labels: readonly string[]): number {
  ctx.font = font;
  return Math.max(0, ...labels.map((label) => ctx.measureText(label).width));
}

/** With Shift the time line moves with the pointer; without, a range is selected. */
function pressed(
  u: uPlot,
  event: MouseEvent,
  select: (event: MouseEvent) => null,
  listener: ChartListener,
): null {
  if (!event.shiftKey) return select(event);
  const begin = event.clientX;
  document.addEventListener(
    "mouseup",
    ({ clientX }) => {
      const part = (begin - clientX) / u.over.clientWidth;
      if (part !== 0) listener.onPanned(part);
    },
    { once: true },
  );
  return null;
}

/** A dot at the end of every line: what was recorded for seconds only would be no line that anybody sees. */
function drawEnds(u: uPlot, { times, lines }: ChartData, paper: string): void {
  const { ctx } = u;
  const end = u.valToPos(times.at(-1) ?? 0, "x", true);
  ctx.save();
  ctx.setLineDash([]);
  for (const [index, { values }] of lines.filter(({ text }) => !text).entries()) {
    const value = values.at(-1);
    if (typeof value !== "number") continue;
    ctx.beginPath();
    ctx.arc(end, u.valToPos(value, `y${index}`, true), 3.5 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fillStyle = strokeOf(u, index);
    ctx.strokeStyle = paper;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function strokeOf(u: uPlot, index: number): string {
  const stroke = u.series[index + 1]?.stroke;
  return String(typeof stroke === "function" ? stroke(u, index + 1) : stroke);
}
