import assert from "node:assert/strict";
import { ManualClock } from "../../support/manualClock.js";
import { rawRequest } from "../../support/rawRequest.js";
import { ALLOWED_ORIGIN, closeAll, sendRaw, serve, upgradeStatus } from "../../support/servedStream.js";

const ROUTE = "/api/fusion/stream";
const POLLING = "/socket.io/?EIO=4&transport=polling";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

describe("The gate's tokens", () => {
  afterEach(closeAll);

  it("asks for a token on every route, and tells an allowed page so", async () => {
    const served = await serve();
    for (const path of [ROUTE, "/api/fusion/health", "/api/fusion/emitter/health", "/nowhere", "/"]) {
      const response = await served.request(path, { scope: null, headers: { Origin: ALLOWED_ORIGIN } });
      assert.equal(response.status, 401);
      assert.equal(response.json.error.code, "UNAUTHORIZED");
      assert.match(String(response.headers["www-authenticate"]), /^Bearer/);
      assert.equal(response.headers["access-control-allow-origin"], ALLOWED_ORIGIN);
    }
  });

  it("refuses a bad Authorization with 401, even where the token may come later", async () => {
    const clock = new ManualClock();
    const served = await serve({ clock });
    const token = await served.token();
    const values = [
      `Bearer ${token.slice(0, -2)}`,
      `Bearer ${token.replace(/[^.]*$/, "")}`,
      `Bearer eyJhbGciOiJub25lIn0.${token.split(".")[1]}.`,
      `Basic ${token}`,
      token,
      "Bearer",
      `Bearer ${"a".repeat(8_000)}`,
    ];
    for (const value of values) {
      // So that they are not too many.
      clock.advance(60_000);
      for (const path of [ROUTE, POLLING]) {
        const response = await served.request(path, { scope: null, headers: { Authorization: value } });
        assert.equal(response.status, 401, value.slice(0, 60));
        assert.match(String(response.headers["www-authenticate"]), /invalid_token/);
      }
      assert.equal(await upgradeStatus(served.webSocket({ Authorization: value })), 401);
    }
    const twice = rawRequest({
      path: ROUTE,
      token,
      hosts: [`127.0.0.1:${served.port}`],
      extra: [`Authorization: Bearer ${token}`],
    });
    assert.match(await sendRaw(served.port, twice), /^HTTP\/1\.1 401 /);
  });

  it("refuses a token of a megabyte without reading it", async () => {
    const served = await serve();
    const bytes = rawRequest({
      path: ROUTE,
      token: "a".repeat(1_000_000),
      hosts: [`127.0.0.1:${served.port}`],
    });
    assert.doesNotMatch(await sendRaw(served.port, bytes), /^HTTP\/1\.1 2/);
    assert.equal((await served.request(ROUTE)).status, 200);
  });

  it("refuses a token in the URL, and says where it belongs", async () => {
    const served = await serve();
    const token = await served.token();
    for (const name of ["token", "auth", "access_token", "Token"]) {
      for (const path of [`${ROUTE}?${name}=${token}`, `${POLLING}&${name}=${token}`]) {
        const response = await served.request(path);
        assert.equal(response.status, 400);
        assert.match(response.json.error.message, /Authorization: Bearer/);
      }
      const socket = served.webSocket({}, `${WEBSOCKET}&${name}=${token}`);
      assert.equal(await upgradeStatus(socket), 400);
    }
  });

  it("limits the requests of one token, and says when to come again", async () => {
    const served = await serve();
    const token = await served.token();
    const paths = Array.from({ length: 2_500 }, () =>
      rawRequest({ path: "/nowhere", token, hosts: [`127.0.0.1:${served.port}`], keepAlive: true }),
    );
    paths.push(rawRequest({ path: "/nowhere", token, hosts: [`127.0.0.1:${served.port}`] }));
    const answers = (await sendRaw(served.port, paths.join(""))).match(/HTTP\/1\.1 \d+/g) ?? [];
    assert.ok(answers.filter((answer) => answer.endsWith("404")).length >= 1_000);
    assert.ok(answers.some((answer) => answer.endsWith("429")));
    const other = await served.request(ROUTE);
    assert.equal(other.status, 200, "another token must not suffer");
  });
});
