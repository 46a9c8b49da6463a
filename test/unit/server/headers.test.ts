import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bearerToken,
  isAllowedOrigin,
  isOwnHost,
  onlyValue,
  parseTarget,
} from "../../../src/server/headers.js";

const OWN_HOSTS = ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"];

describe("Header fields", () => {
  it("take for this server's Host its three names with its port, and nothing else", () => {
    for (const host of OWN_HOSTS) assert.ok(isOwnHost(host, 4000));
    const foreign = [
      "127.0.0.1",
      "127.0.0.1:4001",
      "127.0.0.1:04000",
      "127.0.0.1:4000.evil.example",
      "evil.example:4000",
      "localhost.:4000",
      "localhost:4000 ",
      "0.0.0.0:4000",
      "127.1:4000",
      "2130706433:4000",
      "user@localhost:4000",
      "::1:4000",
      "",
    ];
    for (const host of foreign) assert.ok(!isOwnHost(host, 4000), host);
    const anything = fc.oneof(
      fc.string(),
      fc.domain(),
      fc.ipV4(),
      fc.tuple(fc.string(), fc.constantFrom(...OWN_HOSTS), fc.string()).map((parts) => parts.join("")),
    );
    fc.assert(fc.property(anything, (host) => isOwnHost(host, 4000) === OWN_HOSTS.includes(host)));
  });

  it("take for this server's Host its three names alone where its port is the one that clients leave out", () => {
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      assert.ok(isOwnHost(host, 80), host);
      assert.ok(isOwnHost(`${host}:80`, 80), host);
      assert.ok(!isOwnHost(host, 4000), host);
    }
    for (const host of ["evil.example", "localhost:", "localhost.", ""])
      assert.ok(!isOwnHost(host, 80), host);
  });

  it("allow an origin that is on the list letter by letter, and never null", () => {
    const allowed = ["http://localhost:3000", "null"];
    assert.ok(isAllowedOrigin("http://localhost:3000", allowed));
    assert.ok(!isAllowedOrigin("null", allowed));
    assert.ok(!isAllowedOrigin("http://LOCALHOST:3000", allowed));
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ size: "xsmall" })),
        (origin) => !isAllowedOrigin(origin, allowed),
      ),
    );
    const around = fc.tuple(fc.string(), fc.string()).filter(([before, after]) => before + after !== "");
    fc.assert(
      fc.property(around, ([before, after]) => {
        return !isAllowedOrigin(`${before}http://localhost:3000${after}`, allowed);
      }),
    );
  });

  it("find the only value of a field among any others", () => {
    const field = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(fc.array(field), fc.array(field), fc.string(), (before, after, value) => {
        const others = [...before, ...after].filter(([name]) => name.toLowerCase() !== "host");
        const at = Math.min(before.length, others.length);
        const one = [...others.slice(0, at), ["HoSt", value], ...others.slice(at)].flat();
        assert.equal(onlyValue(others.flat(), "host"), null);
        assert.deepEqual(onlyValue(one, "host"), { value });
        assert.equal(onlyValue([...one, "host", value], "host"), "doubled");
      }),
    );
  });

  it("read a bearer token, whatever the scheme's case, and nothing else", () => {
    const token = fc.stringMatching(/^[\w.~+/-]{1,200}={0,2}$/);
    fc.assert(
      fc.property(token, fc.mixedCase(fc.constant("bearer")), (text, scheme) => {
        return bearerToken(`${scheme} ${text}`) === text;
      }),
    );
    const others = [
      "",
      "Bearer",
      "Bearer ",
      "Basic abc",
      "Bearer a b",
      "Bearer  a",
      " Bearer a",
      "Bearer a\n",
    ];
    for (const other of others) assert.equal(bearerToken(other), null, JSON.stringify(other));
    assert.equal(bearerToken(`Bearer ${"a".repeat(5_000)}`), null);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = bearerToken(text);
        return read === null || text.endsWith(` ${read}`);
      }),
    );
  });

  it("take a target in origin form apart, and refuse every other form", () => {
    for (const target of [undefined, "", "*", "http://127.0.0.1:4000/", "//evil/", "127.0.0.1:4000", "?a"]) {
      assert.equal(parseTarget(target), null, target);
    }
    const target = parseTarget("/socket.io/?EIO=4&transport=polling");
    assert.equal(target?.path, "/socket.io/");
    assert.deepEqual(
      [...(target?.query ?? [])],
      [
        ["EIO", "4"],
        ["transport", "polling"],
      ],
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseTarget(text);
        return read === null || (read.path.startsWith("/") && !read.path.includes("?"));
      }),
    );
  });
});
