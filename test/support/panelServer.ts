import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { directionOf } from "../../src/protocol/direction.js";
import { type Theme, themeSheet } from "./themes.js";

const NONCE = "harness";

/** What the page may do in VS Code, and nothing more. */
const POLICY = `default-src 'none'; style-src 'self'; font-src 'self'; script-src 'nonce-${NONCE}'; connect-src 'none'`;

const FILES: Readonly<Record<string, string>> = {
  "/panel.js": "text/javascript",
  "/trends.js": "text/javascript",
  "/panel.css": "text/css",
  "/codicon.ttf": "font/ttf",
};

/** Serves the built page as VS Code would show it in a theme and a language. */
export async function servePage(theme: Theme | undefined, language = "en"): Promise<Server> {
  const server = createServer(async ({ url = "/" }, response) => {
    const path = url.replace(/\?.*/, "");
    const type = FILES[path];
    if (type) {
      response.setHeader("Content-Type", type);
      response.end(await readFile(`dist/webview${path}`));
    } else if (path === "/theme.css" && theme) {
      response.setHeader("Content-Type", "text/css");
      response.end(themeSheet(theme));
    } else {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Content-Security-Policy", POLICY);
      response.end(pageHtml(theme?.bodyClass ?? "", language));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function pageHtml(bodyClass: string, language: string): string {
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8"><title>Command Center</title>

<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/panel.css">
</head>
<body class="${bodyClass}"><fusion-command-center></fusion-command-center>
<script type="module" nonce="${NONCE}" src="/panel.js"></script></body>
</html>`;
}
