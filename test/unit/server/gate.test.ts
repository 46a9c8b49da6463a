import assert from "node:assert/strict";
import { rawRequest } from "../../support/rawRequest.js";
import {
  ALLOWED_ORIGIN,
  closeAll,
  type ServedStream,
  send,
  sendRaw,
  serve,
  upgradeStatus,
} from "../../support/servedStream.js";

const ROUTE = "/api/fusion/stream";
const POLLING = "/socket.io/?EIO=4&transport=polling";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

const FOREIGN_ORIGINS = [
  "null",
  "file://",
  "http://evil.example",
  "http://localhost:3000.evil.example",
  "http://localhost:30001",
  "http://localhost",
  "https://localhost:3000",
  "http://127.0.0.1:3000",
  "http://localhost:3000/",
  "HTTP://LOCALHOST:3000",
  "vscode-webview://1abc",
  "*",
  "",
];

const foreignHosts = (port: number): string[] => [
  "evil.example",
  `evil.example:${port}`,
  `127.0.0.1:${port}.evil.example`,
  `127.0.0.1.evil.example:${port}`,
  `0.0.0.0:${port}`,
  `localhost:${port + 1}`,
  "localhost",
  `LOCALHOST:${port}`,
  `localhost.:${port}`,
  "",
];

describe("The gate", () => {
  afterEach(closeAll);

  it("lets in its three hosts, an allowed origin, and programs without one", async () => {
    const served = await serve();
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      const headers = { Host: `${host}:${served.port}` };
      assert.equal((await served.request(ROUTE, { headers })).status, 200);
      assert.equal((await served.request(POLLING, { headers })).status, 200);
    }
    for (const path of [ROUTE, POLLING]) {
      const response = await served.request(path, { headers: { Origin: ALLOWED_ORIGIN } });
      assert.equal(response.status, 200);
      assert.equal(response.headers["access-control-allow-origin"], ALLOWED_ORIGIN);
      assert.equal(response.headers.vary, "Origin");
      assert.equal(response.headers["access-control-allow-credentials"], undefined);
    }
  });

  it("refuses a foreign Origin on every transport, though the token is valid", async () => {
    const served = await serve();
    const token = await served.token("control");
    const session = await openPolling(served, token);
    for (const origin of FOREIGN_ORIGINS) {
      const headers = { Origin: origin };
      for (const path of [ROUTE, POLLING, session.path]) {
        const response = await served.request(path, { token, headers });
        assert.equal(response.status, 403, `${path} from ${origin}`);
        assert.equal(response.json.error.code, "FORBIDDEN");
        assert.equal(response.headers["access-control-allow-origin"], undefined);
      }
      for (const path of [WEBSOCKET, session.upgradePath]) {
        const socket = served.webSocket({ Authorization: `Bearer ${token}`, ...headers }, path);
        assert.equal(await upgradeStatus(socket), 403, `${path} from ${origin}`);
      }
    }
    const own = served.webSocket({ Authorization: `Bearer ${token}` }, session.upgradePath);
    assert.equal(await upgradeStatus(own), 101, "the session itself must have been a good one");
  });

  it("refuses a foreign Host on every transport, though the token is valid", async () => {
    const served = await serve();
    const token = await served.token("control");
    const session = await openPolling(served, token);
    for (const host of foreignHosts(served.port)) {
      for (const path of [ROUTE, POLLING, session.path]) {
        const answer = await sendRaw(served.port, rawRequest({ path, token, hosts: [host] }));
        assert.match(answer, /^HTTP\/1\.1 403 /, `${path} on ${host}`);
        assert.match(answer, /"code":"FORBIDDEN"/);
      }
      for (const path of [WEBSOCKET, session.upgradePath]) {
        const answer = await sendRaw(served.port, rawRequest({ path, token, hosts: [host], upgrade: true }));
        assert.match(answer, /^HTTP\/1\.1 403 /, `${path} on ${host}`);
        assert.match(answer, /"code":"FORBIDDEN"/);
      }
    }
  });

  it("refuses a missing and a doubled Host, a doubled Origin, and a target that is no path", async () => {
    const served = await serve();
    const token = await served.token("control");
    const own = `127.0.0.1:${served.port}`;
    for (const upgrade of [false, true]) {
      const path = upgrade ? WEBSOCKET : ROUTE;
      const attempts = {
        "no Host": rawRequest({ path, token, hosts: [], upgrade }),
        "no Host in HTTP/1.0": rawRequest({ path, token, hosts: [], upgrade }).replace(
          "HTTP/1.1",
          "HTTP/1.0",
        ),
        "own Host twice": rawRequest({ path, token, hosts: [own, own], upgrade }),
        "own Host first": rawRequest({ path, token, hosts: [own, "evil.example"], upgrade }),
        "own Host last": rawRequest({ path, token, hosts: ["evil.example", own], upgrade }),
        "absolute target": rawRequest({ path: `http://${own}${path}`, token, hosts: [own], upgrade }),
        "foreign absolute target": rawRequest({
          path: `http://evil.example${path}`,
          token,
          hosts: [own],
          upgrade,
        }),
        "target with two slashes": rawRequest({ path: `/${path}`, token, hosts: [own], upgrade }),
        "Origin twice": rawRequest({
          path,
          token,
          hosts: [own],
          upgrade,
          extra: [`Origin: ${ALLOWED_ORIGIN}`, `Origin: ${ALLOWED_ORIGIN}`],
        }),
      };
      for (const [name, bytes] of Object.entries(attempts)) {
        assert.match(await sendRaw(served.port, bytes), /^HTTP\/1\.1 403 /, `${name}, upgrade: ${upgrade}`);
      }
    }
    const connect = `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${own}\r\n\r\n`;
    assert.match(await sendRaw(served.port, connect), /^HTTP\/1\.1 403 /);
  });

  it("takes changes of the Origin list at once", async () => {
    let allowed: string[] = [];
    const served = await serve({ allowedOrigins: () => allowed });
    const headers = { Origin: "http://team.example" };
    assert.equal((await served.request(ROUTE, { headers })).status, 403);
    allowed = ["http://team.example", "null"];
    assert.equal((await served.request(ROUTE, { headers })).status, 200);
    assert.equal((await served.request(ROUTE, { headers: { Origin: "null" } })).status, 403);
    allowed = [];
    assert.equal((await served.request(ROUTE, { headers })).status, 403);
  });

  it("answers the preflight of an allowed origin, and of no other", async () => {
    const served = await serve();
    const preflight = {
      port: served.port,
      method: "OPTIONS",
      path: "/api/fusion/emitter/interval",
      headers: { Origin: ALLOWED_ORIGIN, "Access-Control-Request-Method": "POST" },
    };
    const allowed = await send(preflight);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers["access-control-allow-origin"], ALLOWED_ORIGIN);
    assert.match(String(allowed.headers["access-control-allow-methods"]), /POST/);
    assert.match(String(allowed.headers["access-control-allow-headers"]), /Authorization/);
    const refused = await send({
      ...preflight,
      headers: { ...preflight.headers, Origin: "http://evil.example" },
    });
    assert.equal(refused.status, 403);
    assert.equal(refused.headers["access-control-allow-origin"], undefined);
  });

  it("treats a request that offers HTTP/2 as one that does not", async () => {
    const served = await serve();
    const token = await served.token();
    const offer = {
      Connection: "Upgrade, HTTP2-Settings",
      Upgrade: "h2c",
      "HTTP2-Settings": "AAMAAABkAAQAAP__",
    };
    const plain = await served.request(ROUTE, { token });
    const offered = await served.request(ROUTE, { token, headers: offer });
    assert.deepEqual([offered.status, offered.text], [200, plain.text]);
    assert.equal(offered.headers["x-content-type-options"], "nosniff");
    const head = await served.request(ROUTE, { token, headers: offer, method: "HEAD" });
    assert.deepEqual([head.status, head.headers["content-length"]], [200, plain.headers["content-length"]]);
    assert.equal((await served.request("/nowhere", { token, headers: offer })).status, 404);
    const stranger = await served.request(ROUTE, { scope: null, headers: offer });
    assert.deepEqual([stranger.status, stranger.json.error.code], [401, "UNAUTHORIZED"]);
    const json = { ...offer, "Content-Type": "application/json" };
    const controls = { token: await served.token("control"), headers: json };
    const interval = "/api/fusion/emitter/interval";
    const set = await served.request(interval, { ...controls, method: "POST", body: '{"minutes":4}' });
    assert.deepEqual([set.status, set.json.interval], [200, { minutes: 4 }]);
    const large = JSON.stringify({ minutes: 4, more: "x".repeat(300_000) });
    assert.equal((await served.request(interval, { ...controls, method: "POST", body: large })).status, 413);
    const other = await served.request(ROUTE, { ...controls, method: "DELETE" });
    assert.deepEqual([other.status, other.headers.allow], [405, "GET, HEAD"]);
    assert.equal((await served.request(POLLING, { token, headers: offer })).status, 200);
    const foreign = { ...offer, Origin: "http://evil.example" };
    assert.equal((await served.request(ROUTE, { token, headers: foreign })).status, 403);
  });

  it("refuses upgrades to anything but the stream's WebSocket", async () => {
    const served = await serve();
    const headers = { Authorization: `Bearer ${await served.token()}` };
    assert.equal(await upgradeStatus(served.webSocket({}, ROUTE)), 401);
    assert.equal(await upgradeStatus(served.webSocket(headers, ROUTE)), 404);
    assert.equal(await upgradeStatus(served.webSocket(headers, "/socket.io")), 404);
    assert.equal(await upgradeStatus(served.webSocket(headers, POLLING)), 400);
    const other = await served.request(WEBSOCKET, { headers: { Connection: "Upgrade", Upgrade: "h2c" } });
    assert.equal(other.status, 400);
    assert.equal(
      (await served.request(WEBSOCKET)).status,
      400,
      "a plain request to a WebSocket session hangs",
    );
  });
});

/** Opens a session by polling, up to the CONNECT packet. */
async function openPolling(served: ServedStream, token: string) {
  const { text } = await served.request(POLLING, { token });
  const { sid } = JSON.parse(text.slice(1));
  const path = `${POLLING}&sid=${sid}`;
  await served.request(path, { token, method: "POST", body: "40" });
  return { path, upgradePath: `${WEBSOCKET}&sid=${sid}` };
}
