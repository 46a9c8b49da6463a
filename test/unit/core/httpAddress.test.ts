import assert from "node:assert/strict";
import { httpAddress, redirectAddress } from "../../../src/core/sources/httpAddress.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

describe("An address", () => {
  it("is https, or http on this machine", () => {
    for (const good of [
      "https://example.com/a.json?b=c",
      "https://[2001:db8::1]:8443/",
      "http://localhost:3000/",
      "http://127.0.0.1/",
      "http://127.1/",
      "http://[::1]:80/",
    ]) {
      assert.ok(httpAddress(good));
    }
    const bad: [string, RegExp][] = [
      ["", /not an address/],
      ["/stats.json", /not an address/],
      ["example.com/stats.json", /not an address/],
      ["http://example.com/", /Use https/],
      ["http://localhost.example.com/", /Use https/],
      ["http://127.0.0.1.example.com/", /Use https/],
      ["http://0.0.0.0/", /Use https/],
      ["http://192.168.0.1/", /Use https/],
      ["file:///etc/passwd", /"file:"/],
      ["ftp://example.com/", /"ftp:"/],
      ["javascript:alert(1)", /"javascript:"/],
      ["https://me@example.com/", /name or password/],
      ["https://me:secret@example.com/", /name or password/],
    ];
    for (const [address, reason] of bad) assert.throws(() => httpAddress(address), reason, address);
  });

  it("is redirected within its host, up to https and not down", () => {
    const https = new URL("https://example.com/a");
    assert.equal(redirectAddress(https, "b").href, "https://example.com/b");
    for (const bad of [
      "http://example.com/a",
      "https://example.com:8443/",
      "https://www.example.com/",
      "//evil.example/",
      "https://me:secret@example.com/",
    ]) {
      assert.throws(() => redirectAddress(https, bad), SourceError, bad);
    }
    assert.ok(redirectAddress(new URL("http://localhost/a"), "https://localhost/a"));
  });
});
