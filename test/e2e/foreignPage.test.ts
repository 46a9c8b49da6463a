import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.js";
import { ForeignSite } from "../support/foreignSite.js";
import { closeAll, type ServedStream, serve } from "../support/servedStream.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";

/** What a page can try with an address and, at worst, with a token that it stole. */
interface Target {
  readonly url: string;
  readonly token: string;
}

const REFUSED = Array.from({ length: 8 }, () => "refused");

describe("A foreign page in a browser", () => {
  let browser: Browser;
  let site: ForeignSite;
  let html: string;
  before(async () => {
    browser = await launchBrowser();
    site = new ForeignSite(() => html);
    await site.start();
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  let page: Page;
  /** What the page loaded by itself, and with what success: `null` where the browser let it see no answer. */
  let loads: Map<string, number | null>;
  beforeEach(async () => {
    html = "";
    page = await browser.newPage();
    loads = new Map();
    page.on("request", (request) => loads.set(request.url(), null));
    page.on("response", (response) => loads.set(response.url(), response.status()));
  });
  afterEach(async () => {
    await page.close();
    await closeAll();
  });

  for (const authentication of ["token", "none"] as const) {
    describe(`(authentication: ${authentication})`, () => {
      let served: ServedStream;
      let target: Target;
      beforeEach(async () => {
        served = await serve({ authentication });
        target = { url: served.server.address?.url ?? "", token: await served.token("control") };
      });
      const isUntouched = () => {
        assert.equal(served.stream.refreshes, 0);
        assert.equal(served.stream.status().interval.minutes, 5);
        assert.equal(served.stream.connectedClients, 0);
      };

      it("reads nothing and changes nothing with fetch, token or not", async () => {
        await page.goto(site.origin());
        assert.deepEqual(await page.evaluate(fetches, target), REFUSED);
        isUntouched();
      });

      it("opens no socket by any transport, and no stream of events", async () => {
        await page.goto(site.origin());
        assert.deepEqual(await page.evaluate(sockets, target), REFUSED.slice(0, 3));
        isUntouched();
      });

      it("gets nothing by script, image, style, frame, object, prefetch or form", async () => {
        html = embeds(target.url);
        await page.goto(site.origin());
        await page.evaluate(() => (window as Window & { ends?: Promise<unknown> }).ends);
        assert.deepEqual(await page.evaluate(() => Reflect.get(window, "loaded")), []);
        const asked = [...loads].filter(([address]) => address.startsWith(target.url));
        assert.ok(asked.length >= 8, `asked for ${asked.length}`);
        for (const [address, status] of asked) {
          assert.ok(status === null || status === 401 || status === 403, `${address}: ${status}`);
        }
        isUntouched();
      });

      it("changes nothing by a form that it sends by itself", async () => {
        html = `<form method=post enctype=text/plain action="${target.url}/api/fusion/emitter/interval">
          <input name='{"minutes":3,"x":"' value='"}'></form>
          <script>document.forms[0].submit()</script>`;
        await page.goto(site.origin());
        await waitFor(() => page.url().startsWith(target.url));
        assert.match(await page.locator("body").innerText(), /"ok":false/);
        isUntouched();
      });

      it("is as foreign without an origin: in a sandboxed frame, and from a file", async () => {
        const folder = new TemporaryFolder();
        try {
          html = `<iframe sandbox="allow-scripts" srcdoc="<p>inside</p>"></iframe>`;
          await page.goto(site.origin());
          const frame = await waitFor(() => page.frames().find((each) => each !== page.mainFrame()));
          assert.equal(await frame.evaluate(() => window.origin), "null");
          assert.deepEqual(await frame.evaluate(fetches, target), REFUSED);
          assert.deepEqual(await frame.evaluate(sockets, target), REFUSED.slice(0, 3));

          const file = folder.resolve("page.html");
          writeFileSync(file, "<p>A file</p>");
          await page.goto(pathToFileURL(file).href);
          assert.deepEqual(await page.evaluate(fetches, target), REFUSED);
          assert.deepEqual(await page.evaluate(sockets, target), REFUSED.slice(0, 3));
          rmSync(file);
          isUntouched();
        } finally {
          folder.dispose();
        }
      });

      it("gets nothing under a name that it has made point here", async () => {
        const rebinding = await browser.newContext();
        const own = await rebinding.newPage();
        // As after a rebinding: the page's own name, and so its own origin, leads to the stream.
        const name = `http://rebound.localhost:${new URL(target.url).port}`;
        const answer = await own.goto(`${name}/api/fusion/stream`);
        assert.equal(answer?.status(), 403);
        // What it was served by before.
        const body = "<!doctype html><title>Rebound</title>";
        await own.route("**/before", (route) => route.fulfill({ contentType: "text/html", body }));
        await own.goto(`${name}/before`);
        assert.deepEqual(
          await own.evaluate(fetches, { ...target, url: name }),
          Array.from({ length: 8 }, () => "answered 403"),
        );
        assert.deepEqual(await own.evaluate(sockets, { ...target, url: name }), REFUSED.slice(0, 3));
        isUntouched();
        await rebinding.close();
      });
    });
  }

  it("of an allowed origin reads with a token, and only with one", async () => {
    const served = await serve({ allowedOrigins: () => [site.origin("localhost")] });
    const target = { url: served.server.address?.url ?? "", token: await served.token() };
    await page.goto(site.origin("localhost"));
    const outcomes = await page.evaluate(fetches, target);
    assert.equal(outcomes[0], "answered 401");
    assert.equal(outcomes[1], "answered 200");
    await page.goto(site.origin("127.0.0.1"));
    assert.equal((await page.evaluate(fetches, target))[1], "refused");
  });
});

/** Runs in the page: how each attempt to read or to change something ended. */
async function fetches({ url, token }: Target): Promise<string[]> {
  const Authorization = `Bearer ${token}`;
  const interval = `${url}/api/fusion/emitter/interval`;
  const polling = `${url}/socket.io/?EIO=4&transport=polling`;
  const attempts: [string, RequestInit][] = [
    [`${url}/api/fusion/stream`, {}],
    [`${url}/api/fusion/stream`, { headers: { Authorization } }],
    [`${url}/api/fusion/stream`, { credentials: "include", redirect: "follow" }],
    [interval, { method: "POST", body: '{"minutes":3}' }],
    [
      interval,
      {
        method: "POST",
        body: '{"minutes":3}',
        headers: { Authorization, "Content-Type": "application/json" },
      },
    ],
    [`${url}/metrics`, { headers: { Authorization } }],
    [polling, {}],
    [polling, { headers: { Authorization } }],
  ];
  const outcomes: string[] = [];
  for (const [address, options] of attempts) {
    outcomes.push(
      await fetch(address, options).then(
        ({ status }) => `answered ${status}`,
        () => "refused",
      ),
    );
    // Nothing that is sent unread may have an effect either.
    await fetch(address, { ...options, mode: "no-cors" }).catch(() => undefined);
  }
  return outcomes;
}

/** Runs in the page. */
function sockets({ url, token }: Target): Promise<string[]> {
  const address = `${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
  const outcome = (source: WebSocket | EventSource) =>
    new Promise<string>((resolve) => {
      source.onopen = () => resolve("open");
      source.onerror = () => resolve("refused");
    });
  return Promise.all([
    outcome(new WebSocket(address)),
    outcome(new WebSocket(address, ["bearer", token.replaceAll(".", "-")])),
    outcome(new EventSource(`${url}/api/fusion/stream`)),
  ]);
}

/** Markup that has a browser load the stream by itself; `loaded` then lists what came, once `ends` is settled. */
function embeds(url: string): string {
  const address = `${url}/api/fusion/stream`;
  return `<script>
    window.loaded = [];
    const pending = [];
    function embed(tag, attributes) {
      const element = document.createElement(tag);
      pending.push(new Promise((resolve) => {
        element.onload = () => { if (tag !== "iframe") window.loaded.push(tag + " " + (attributes.rel ?? "")); resolve(); };
        element.onerror = resolve;
      }));
      Object.assign(element, attributes);
      document.documentElement.append(element);
      return element;
    }
    embed("script", { src: "${address}" });
    embed("script", { src: "${address}?module", type: "module" });
    embed("script", { src: "${url}/socket.io/?EIO=4&transport=polling" });
    embed("img", { src: "${address}?image" });
    embed("link", { rel: "stylesheet", href: "${address}?style" });
    embed("link", { rel: "preload", as: "fetch", href: "${address}?preload" });
    embed("link", { rel: "prefetch", href: "${address}?prefetch" });
    embed("iframe", { src: "${address}?frame" });
    embed("object", { data: "${address}?object" });
    window.ends = Promise.all(pending);
  </script>`;
}
