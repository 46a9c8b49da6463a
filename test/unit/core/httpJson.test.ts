import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { fetchJson } from "../../../src/core/sources/httpJson.js";
import { RateLimitError } from "../../../src/core/sources/rateLimit.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

describe("JSON over HTTP", () => {
  const servers: Server[] = [];

  /** A real server; gives its address. */
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats.json`;
  }

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  it("gives the value, and asks as a polite program does", async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    const url = await serve((req, res) => {
      headers = req.headers;
      res.writeHead(200, { "Content-Type": "application/json", "Set-Cookie": "a=b" }).end('{"stars": 7}');
    });
    const expected = { status: "fresh", value: { stars: 7 }, text: '{"stars": 7}', etag: null };
    assert.deepEqual(await fetchJson(url), expected);
    assert.deepEqual(await fetchJson(url), expected);
    assert.equal(headers["user-agent"], "fusion-data-stream");
    assert.equal(headers.accept, "application/json");
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.authorization, undefined);
    assert.equal(headers["if-none-match"], undefined);
  });

  it("sends the headers it is given, over redirects too, and lets the answer be looked at first", async () => {
    const sent: (string | undefined)[] = [];
    const url = await serve((req, res) => {
      sent.push(req.headers.authorization);
      if (req.url === "/moved") res.writeHead(301, { Location: "/stats.json" }).end();
      else res.writeHead(200, { "X-Left": "0" }).end("1");
    });
    const headers = { Authorization: "Bearer a", Accept: "application/vnd.example+json" };
    const moved = new URL("/moved", url).href;
    const expected = { status: "fresh", value: 1, text: "1", etag: null };
    assert.deepEqual(await fetchJson(moved, { headers }), expected);
    assert.deepEqual(sent, ["Bearer a", "Bearer a"]);
    const inspect = (answer: Response) => {
      throw new SourceError(`${answer.headers.get("x-left")} left`);
    };
    await assert.rejects(fetchJson(moved, { headers, inspect }), /^SourceError: 0 left$/);
  });

  it("does not get the same answer twice", async () => {
    const url = await serve((req, res) => {
      if (req.headers["if-none-match"] === 'W/"1"') res.writeHead(304).end();
      else res.writeHead(200, { ETag: 'W/"1"' }).end("[1]");
    });
    const first = await fetchJson(url);
    assert.deepEqual(first, { status: "fresh", value: [1], text: "[1]", etag: 'W/"1"' });
    assert.deepEqual(await fetchJson(url, { etag: 'W/"1"' }), { status: "unchanged" });
    assert.equal((await fetchJson(url, { etag: '"old"' })).status, "fresh");
  });

  it("keeps no mark of an answer that no request could carry", async () => {
    const marks = ["unquoted", `"${"a".repeat(2_000)}"`, '"ü"'];
    const url = await serve((req, res) => {
      res.writeHead(200, { ETag: marks[Number(req.url?.at(-1))] ?? "" }).end("1");
    });
    for (const index of marks.keys()) {
      const expected = { status: "fresh", value: 1, text: "1", etag: null };
      assert.deepEqual(await fetchJson(`${url}?${index}`), expected);
    }
  });

  it("refuses an answer to a question that was not asked", async () => {
    const url = await serve((_, res) => res.writeHead(304).end());
    await assert.rejects(fetchJson(url), /HTTP 304/);
  });

  it("follows redirects within the host only", async () => {
    const elsewhere = await serve((_, res) => res.end('"elsewhere"'));
    const url = await serve((req, res) => {
      const target: Record<string, string> = {
        "/relative": "/stats.json",
        "/host": elsewhere,
        "/name": elsewhere.replace("127.0.0.1", "localhost"),
        "/file": "file:///etc/passwd",
        "/loop": "/loop",
        "/nowhere": "http://",
      };
      const location = target[req.url ?? ""];
      if (req.url === "/stats.json") res.end("1");
      else res.writeHead(302, location === undefined ? {} : { Location: location }).end("moved");
    });
    const at = (path: string) => fetchJson(new URL(path, url).href);
    assert.deepEqual(await at("/relative"), { status: "fresh", value: 1, text: "1", etag: null });
    await assert.rejects(at("/host"), /another host \(127\.0\.0\.1:\d+\)/);
    await assert.rejects(at("/name"), /another host/);
    await assert.rejects(at("/file"), /another host/);
    await assert.rejects(at("/loop"), /redirects too often/);
    await assert.rejects(at("/nowhere"), /redirects to nowhere/);
    await assert.rejects(at("/no-location"), /redirects to nowhere/);
  });

  it("stops reading at 4 MB, packed or not, whatever the server says of the size", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1_024, " ");
    const endless = await serve((_, res) => {
      const send = () => {
        while (!res.destroyed && res.write(chunk)) sent += chunk.length;
      };
      res.on("drain", send);
      send();
    });
    await assert.rejects(fetchJson(endless), /larger than 4 MB/);
    assert.ok(sent < 64 * 1_024 * 1_024);
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    const packed = await serve((_, res) => res.writeHead(200, { "Content-Encoding": "gzip" }).end(bomb));
    await assert.rejects(fetchJson(packed), /larger than 4 MB/);
    const large = await serve((_, res) => res.end(`"${"a".repeat(4_000_000)}"`));
    assert.equal((await fetchJson(large)).status, "fresh");
  });

  it("tells what is wrong with an answer", async () => {
    const answers: Record<string, [RequestListener, RegExp, line?: number]> = {
      cut: [(_, res) => res.end('{\n"a": [1,\n'), /not valid JSON/, 3],
      deep: [(_, res) => res.end("[".repeat(100_000)), /nested too deep/, 1],
      empty: [(_, res) => res.end(" \n"), /is empty/],
      "no content": [(_, res) => res.writeHead(204).end(), /is empty/],
      latin: [(_, res) => res.end(Buffer.from([0x22, 0xfc, 0x22])), /not UTF-8/],
      page: [
        (_, res) => res.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end("<html>"),
        /web page/,
      ],
      401: [(_, res) => res.writeHead(401).end(), /HTTP 401/],
      403: [(_, res) => res.writeHead(403).end(), /refuses the request \(HTTP 403\)/],
      404: [(_, res) => res.writeHead(404).end("{}"), /nothing at this address/],
      500: [(_, res) => res.writeHead(500).end("{}"), /HTTP 500/],
      "cut off": [
        (_, res) => {
          res.writeHead(200, { "Content-Length": "100" }).write("{");
          setTimeout(() => res.destroy(), 20);
        },
        /could not be reached/,
      ],
    };
    for (const [name, [listener, reason, line]] of Object.entries(answers)) {
      const url = await serve(listener);
      await assert.rejects(fetchJson(url), (error) => {
        assert.ok(error instanceof SourceError, `${name}: ${String(error)}`);
        assert.match(error.reason, reason, name);
        assert.ok(error.transient, name);
        if (line !== undefined) assert.equal(error.line, line, name);
        return true;
      });
    }
  });

  it("says that nobody answers, and why", async () => {
    const url = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    await assert.rejects(fetchJson(url), /could not be reached \(ECONNREFUSED\)/);
    await assert.rejects(fetchJson("https://nowhere.invalid/"), /could not be reached \(\w+\)/);
  });

  it("waits 10 seconds and no longer, for the first byte as for the last", async () => {
    const silent = await serve(() => undefined);
    const slow = await serve((_, res) => {
      const timer = setInterval(() => res.write(" "), 20);
      res.on("close", () => clearInterval(timer));
    });
    const { timeout } = AbortSignal;
    const asked: number[] = [];
    AbortSignal.timeout = (ms) => {
      asked.push(ms);
      return timeout.call(AbortSignal, ms / 50);
    };
    try {
      for (const url of [silent, slow]) {
        await assert.rejects(fetchJson(url), /did not answer within 10 seconds/);
      }
    } finally {
      AbortSignal.timeout = timeout;
    }
    assert.deepEqual(asked, [10_000, 10_000]);
  });

  it("ends when it is told to", async () => {
    const url = await serve(() => controller.abort(new Error("enough")));
    const controller = new AbortController();
    await assert.rejects(fetchJson(url, { signal: controller.signal }), /enough/);
    await assert.rejects(fetchJson(url, { signal: controller.signal }), /enough/);
  });

  it("says when to come again", async () => {
    const url = await serve((_, res) => res.writeHead(429, { "Retry-After": "120" }).end());
    const begin = Date.now();
    await assert.rejects(fetchJson(url), (error) => {
      assert.ok(error instanceof RateLimitError);
      assert.ok(error.retryAt >= begin + 120_000 && error.retryAt <= Date.now() + 120_000);
      assert.match(error.reason, /no more requests until \d{4}-.+ \(HTTP 429\)/);
      return true;
    });
  });
});
