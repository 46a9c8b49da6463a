import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type PageOutline, panelPage } from "../../src/vscode/panelPage.js";
import { type Theme, themeSheet } from "./themes.js";

const FILES: Readonly<Record<string, string>> = {
  "/panel.js": "text/javascript",
  "/trends.js": "text/javascript",
  "/codicon.ttf": "font/ttf",
};

/** Serves the built page as VS Code would show it in a theme and a display language. */
export async function servePage(
  theme: Theme | undefined,
  outline: PageOutline,
  locale: string,
): Promise<Server> {
  const server = createServer(async ({ url = "/" }, response) => {
    const path = url.replace(/\?.*/, "");
    const type = FILES[path];
    if (type) {
      response.setHeader("Content-Type", type);
      response.end(await readFile(`dist/webview${path}`));
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
  const styles = await readFile("dist/webview/panel.css", "utf8");
  const themed = theme ? themeSheet(theme) + styles : styles;
  const files = { source: "'self'", address: (file: string) => `/${file}`, styles: themed };
  const page = panelPage(outline, files, "harness", locale);
  return page.replace("<body>", `<body class="${theme?.bodyClass ?? ""}">`);
}
