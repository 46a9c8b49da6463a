import { directionOf } from "../protocol/direction.js";
import { textLanguage } from "../protocol/textLanguage.js";

/** What is known of the Command Center when its page is made, and so can be seen before its script runs. */
export interface PageOutline {
  /** The panel's title and what its connection's state is called, in the display language. */
  readonly title: string;
  readonly connecting: string;
  /** Of the followed folder; `null` without one. */
  readonly folder: string | null;
  /** Labels of the cards in their order; `null` before the first snapshot. */
  readonly cards: readonly string[] | null;
}

export interface PageFiles {
  /** What the page's policy calls the place of its files. */
  readonly source: string;
  /** Where the page finds one of them. */
  address(file: string): string;
  /** The text of the outline's style sheet. */
  readonly styles: string;
}

/** As many as the data files that the stream knows have. */
const USUAL_CARDS = 4;

/** A page that was not painted so soon (ms) may be hidden, where none is: its script starts all the same. */
const UNPAINTED_MS = 500;

/**
 * The Command Center's page. VS Code shows none before the page's `load` event, so nothing but the page itself is waited
 * for there: the styles of its outline are in it. Its script, whose run would hold the paint up, and the other styles are
 * asked for after that.
 * @param nonce of this page alone
 * @param locale the display language, by VS Code's code
 */
export function panelPage(
  outline: PageOutline,
  { source, address, styles }: PageFiles,
  nonce: string,
  locale: string,
): string {
  const language = textLanguage(locale);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${source}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const script = address("panel.js");
  return `<!DOCTYPE html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escaped(outline.title)}</title>
  <style nonce="${nonce}">${styles}</style>
  <link rel="stylesheet" nonce="${nonce}">
</head>
<body>
  <fusion-command-center>${outlineHtml(outline)}</fusion-command-center>
  <script type="module" nonce="${nonce}">
    const styles = document.querySelector("link");
    const start = () => {
      styles.href ||= ${JSON.stringify(address("panel.css"))};
      import(${JSON.stringify(script)});
    };
    requestAnimationFrame(() => setTimeout(start));
    setTimeout(start, ${UNPAINTED_MS});
  </script>
</body>
</html>`;
}

/** With the boxes that the page's own elements have, so that nothing moves when they take its place. */
function outlineHtml({ title, connecting, folder, cards }: PageOutline): string {
  return `<div class="command-center">
    <header class="header">
      <h1 class="title">${escaped(title)}</h1>
      ${folder === null ? "" : streamHtml(folder, connecting, cards !== null)}
    </header>
    <div class="pulse-line"></div>
    <main aria-busy="true">${folder === null ? "" : boardHtml(cards)}</main>
  </div>`;
}

function streamHtml(folder: string, connecting: string, known: boolean): string {
  return `<span class="folder"><span class="bone icon-room"></span><span class="folder-name">${escaped(folder)}</span></span>
      <div class="stream">
        ${known ? '<span class="times">&nbsp;</span>' : ""}
        <span class="pill" data-state="connecting"><span class="pill-dot"></span>${escaped(connecting)}</span>
        <span class="controls-room"></span>
      </div>`;
}

function boardHtml(cards: PageOutline["cards"]): string {
  const unknown = new Array<string>(USUAL_CARDS).fill('<span class="bone bone-label"></span>');
  const heads = cards?.map(
    (label) =>
      `<span class="bone icon-room"></span><span class="card-label"><bdi>${escaped(label)}</bdi></span>`,
  );
  return `<div class="board" aria-hidden="true">
      <div class="cards">${(heads ?? unknown).map(cardHtml).join("")}${heads ? '<div class="add-card"></div>' : ""}</div>
      <div class="panel-box skeleton-rows"><span class="bone"></span><span class="bone"></span><span class="bone"></span></div>
    </div>`;
}

function cardHtml(head: string): string {
  return `<div class="card">
        <span class="card-head">${head}</span>
        <span class="card-value"><span class="bone bone-value"></span></span>
        <span class="card-foot"><span class="bone bone-foot"></span></span>
        <span class="sparkline-room"></span>
      </div>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
