/** Pages without any of the product, which paint much like it: what a browser needs for that anyway. */

/** A line of text. */
export const BARE_LINE = "<!doctype html><p>A line of text";

/** Boxes with a line of text, each with a glow over it that fades anew at every change. */
export const BARE_CARDS = `<!doctype html><style>
  body { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; font: 13px sans-serif; }
  div { position: relative; block-size: 126px; border: 1px solid gray; border-radius: 8px; }
  i { position: absolute; inset: 0; border-radius: 8px; box-shadow: 0 0 18px 3px gold; animation: fade 1.5s both; will-change: opacity; }
  @keyframes fade { to { opacity: 0; } }
</style>`;

/** Runs in that page: writes a text into so many boxes. */
export function changeBareCards({ count, text }: { count: number; text: string }): void {
  while (document.body.childElementCount < count) document.body.append(document.createElement("div"));
  for (const box of document.body.children) box.replaceChildren(text, document.createElement("i"));
}

/** A canvas as large as the trend's. */
export const BARE_CHART = "<!doctype html><canvas width=1100 height=250></canvas>";

/** Runs in that page: draws stepped lines of so many points, up and down the whole height, and ends after the frame. */
export function drawBareChart({ lines, points }: { lines: number; points: number }): Promise<void> {
  const canvas = document.querySelector("canvas");
  const ctx = canvas?.getContext("2d");
  if (!canvas || !ctx) throw new Error("There is no canvas");
  const { width, height } = canvas;
  ctx.clearRect(0, 0, width, height);
  ctx.lineWidth = 1.5;
  for (let line = 0; line < lines; line++) {
    ctx.setLineDash(line === 0 ? [] : [8, 2]);
    ctx.beginPath();
    for (let point = 0; point < points; point++) {
      const y = (((point * 7919 + line) % 10_007) / 10_007) * height;
      ctx.lineTo((point / points) * width, y);
      ctx.lineTo(((point + 1) / points) * width, y);
    }
    ctx.stroke();
  }
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
