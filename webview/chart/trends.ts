/** The chart of the trend, a bundle of its own: it is loaded when the first one is shown. */
import uPlot from "uplot";
import type { MetricValue } from "../../src/protocol/snapshot.js";
import type { Chart, ChartData, ChartListener } from "./chart.js";
import { tickLabels } from "./tickLabels.js";

const HEIGHT = 260;
const STRIP_HEIGHT = 18;
/** A pinch of room, in CSS pixels, for a label of five digits and a unit. */
const AXIS_WIDTH = 64;

/** Draws a chart into an element; `destroy` it to draw it anew, after the theme has changed, say. */
export function drawChart(target: HTMLElement, first: ChartData, listener: ChartListener): Chart {
  let data = first;
  const numeric = data.lines.filter(({ text }) => !text);
  const colour = (name: string) => getComputedStyle(target).getPropertyValue(name).trim();
  const quiet = getComputedStyle(target).color;
  const grid = { stroke: colour("--trend-grid"), width: 1 };
  const font = `11px ${getComputedStyle(target).fontFamily}`;
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const plot = new uPlot(
    {
      width: Math.max(1, target.clientWidth),
      height: HEIGHT,
      ms: 1,
      legend: { show: false },
      padding: [10, 8, (data.lines.length - numeric.length) * STRIP_HEIGHT, 8],
      cursor: {
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
        bind: { mousedown: (u, _target, handler) => (event) => pressed(u, event, handler, data, listener) },
      },
      scales: {
        x: { time: true, range: () => [data.from, data.to] },
        ...Object.fromEntries(numeric.map((_, index) => [`y${index}`, {}])),
      },
      axes: [
        {
          stroke: quiet,
          grid,
          ticks: grid,
          font,
          values: (_u, splits, _axis, _space, increment) => tickLabels(splits, increment, data.locale),
        },
        ...numeric.map(
          (line, index): uPlot.Axis => ({
            scale: `y${index}`,
            side: index % 2 === 0 ? 3 : 1,
            stroke: numeric.length > 1 ? colour(line.colour) : quiet,
            grid: index === 0 ? grid : { show: false },
            ticks: { show: false },
            font,
            size: AXIS_WIDTH,
            values: (_u, splits) => splits.map((split) => line.write(split)),
          }),
        ),
      ],
      series: [
        {},
        ...numeric.map(
          (line, index): uPlot.Series => ({
            scale: `y${index}`,
            stroke: colour(line.colour),
            width: 1.5,
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
            const strips = data.lines.filter(({ text }) => text);
            for (const [row, { values, colour: variable }] of strips.entries()) {
              drawStrip(u, data.times, values, row, variable, font);
            }
          },
          (u) => drawMarks(u, data),
        ],
        setCursor: [
          (u) => {
            const { left = -1, idx } = u.cursor;
            listener.onCursor(left < 0 || idx === null || idx === undefined ? null : u.posToVal(left, "x"));
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
    if (width !== plot.width) plot.setSize({ width, height: HEIGHT });
  });
  resizing.observe(target);
  return {
    update: (next) => {
      if (kindsOf(next) !== kindsOf(data) || next.locale !== data.locale) return false;
      data = next;
      plot.setData(plotted(data));
      return true;
    },
    destroy: () => {
      resizing.disconnect();
      plot.destroy();
    },
  };
}

/** Which of its lines are words, and in which colours: what a chart cannot change. */
function kindsOf({ lines }: ChartData): string {
  return lines.map(({ text, colour }) => `${text} ${colour}`).join();
}

function plotted({ times, lines }: ChartData): uPlot.AlignedData {
  const numeric = lines.filter(({ text }) => !text);
  return [[...times], ...numeric.map(({ values }) => values.map(numberOrNull))];
}

function numberOrNull(value: MetricValue): number | null {
  return typeof value === "number" ? value : null;
}

/** With Shift the time line moves with the pointer; without, a range is selected. */
function pressed(
  u: uPlot,
  event: MouseEvent,
  select: (event: MouseEvent) => null,
  { from, to }: ChartData,
  listener: ChartListener,
): null {
  if (!event.shiftKey) return select(event);
  const begin = event.clientX;
  document.addEventListener(
    "mouseup",
    ({ clientX }) => {
      const by = ((begin - clientX) / u.over.clientWidth) * (to - from);
      if (by !== 0) listener.onWindow({ from: from + by, to: to + by });
    },
    { once: true },
  );
  return null;
}

/** States as bands under the lines, every one with its word. */
function drawStrip(
  u: uPlot,
  times: readonly number[],
  values: readonly MetricValue[],
  row: number,
  variable: string,
  font: string,
): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const height = STRIP_HEIGHT * ratio;
  const top = u.ctx.canvas.height - height * (row + 1);
  const style = getComputedStyle(u.root);
  const states = [...new Set(values.filter((value) => value !== null))];
  ctx.save();
  ctx.font = font.replace("11px", `${11 * ratio}px`);
  ctx.textBaseline = "middle";
  for (let index = 0; index < times.length; ) {
    const value = values[index] ?? null;
    let end = index + 1;
    while (end < times.length && values[end] === value) end++;
    const left = u.valToPos(times[index] ?? 0, "x", true);
    const right = u.valToPos(times[Math.min(end, times.length - 1)] ?? 0, "x", true);
    index = end;
    if (value === null || right <= bbox.left) continue;
    ctx.fillStyle = style.getPropertyValue(variable).trim();
    ctx.globalAlpha = 0.18 + (0.5 * states.indexOf(value)) / Math.max(1, states.length);
    ctx.fillRect(left, top, Math.max(ratio, right - left - ratio), height - 3 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = style.color;
    const text = String(value);
    if (ctx.measureText(text).width + 8 * ratio < right - left)
      ctx.fillText(text, left + 4 * ratio, top + height / 2 - ratio);
  }
  ctx.restore();
}

function drawMarks(u: uPlot, { marks, from, to }: ChartData): void {
  const { ctx, bbox } = u;
  const style = getComputedStyle(u.root);
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const { at, end, kind } of marks) {
    const colour = style.getPropertyValue(kind === "alert" ? "--trend-alert" : "--trend-commit").trim();
    if (end > at) {
      const left = u.valToPos(Math.max(at, from), "x", true);
      ctx.fillStyle = colour;
      ctx.globalAlpha = 0.12;
      ctx.fillRect(left, bbox.top, u.valToPos(Math.min(end, to), "x", true) - left, bbox.height);
      ctx.globalAlpha = 1;
    }
    if (at < from || at > to) continue;
    const x = Math.round(u.valToPos(at, "x", true));
    ctx.strokeStyle = colour;
    ctx.setLineDash(kind === "alert" ? [4 * devicePixelRatio, 3 * devicePixelRatio] : []);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    // A commit is a tick at the top, an alert a line through all: told apart by shape as well as by colour.
    ctx.lineTo(x, kind === "alert" ? bbox.top + bbox.height : bbox.top + 8 * devicePixelRatio);
    ctx.stroke();
  }
  ctx.restore();
}
