import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type PageOutline, panelPage } from "../../src/vscode/panelPage.js";
import { type Theme, themeSheet } from "./themes.js";

const TYPES: Readonly<Record<string, string>> = {
  "panel.css": "text/css",
  "panel.js": "text/javascript",
  "trends.js": "text/javascript",
  "codicon.ttf": "font/ttf",
};

/** Where the page's files are: elsewhere than the page, as in VS Code. */
const FILES = "/files/";

/** Serves the built page as VS Code would show it in a theme and a display language. */
export async function servePage(
  theme: Theme | undefined,
  outline: PageOutline,
  locale: string,
): Promise<Server> {
  const server = createServer(async ({ url = "/" }, response) => {
    const file = url.startsWith(FILES) ? url.slice(FILES.length).replace(/\?.*/, "") : "";
    const type = TYPES[file];
    if (type) {
      response.setHeader("Content-Type", type);
      response.end(await readFile(`dist/webview/${file}`));
    } else {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(await themedPage(theme, outline, locale));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** VS Code sets the theme in the page itself. */
async function themedPage(theme: Theme | undefined, outline: PageOutline, locale: string): Promise<string> {
  const styles = await readFile("dist/webview/outline.css", "utf8");
  const themed = theme ? themeSheet(theme) + styles : styles;
  const files = { source: "'self'", address: (file: string) => `${FILES}${file}`, styles: themed };
  const page = panelPage(outline, files, "harness", locale);
  return page.replace("<body>", `<body class="${theme?.bodyClass ?? ""}">`);
}
