import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import { greetClient, greetOwner, NotTheOwner } from "../../../../src/server/ownership/proof.js";

const KEY = new Uint8Array(32).fill(1);
const OTHER = new Uint8Array(32).fill(2);

describe("two processes on a folder", () => {
  it("prove to each other that they have its key", async () => {
    const [client, owner] = duplexPair();
    const [purpose] = await Promise.all([greetClient(owner, KEY), greetOwner(client, KEY, "window")]);
    assert.equal(purpose, "window");
  });

  it("do not trust one without it, and tell it nothing but a challenge", async () => {
    const [client, stranger] = duplexPair();
    const heard: string[] = [];
    stranger.on("data", (chunk) => heard.push(String(chunk)));
    const greeting = greetOwner(client, KEY, "window");
    stranger.write(`${JSON.stringify({ challenge: "x".repeat(32), proof: "y".repeat(43) })}\n`);
    await assert.rejects(greeting, NotTheOwner);
    const said = JSON.parse(heard.join(""));
    assert.deepEqual(Object.keys(said), ["fusion", "purpose", "challenge"]);
  });

  it("let in nobody with another key", async () => {
    const [client, owner] = duplexPair();
    const received = greetClient(owner, KEY);
    received.catch(() => undefined);
    await assert.rejects(greetOwner(client, OTHER, "window"), NotTheOwner);
    client.write('{"proof":"worthless"}\n');
    await assert.rejects(received, /another key/);
  });

  it("do not take back their own proof for another's", async () => {
    const [client, mirror] = duplexPair();
    let challenge = "";
    mirror.on("data", (chunk) => {
      challenge ||= JSON.parse(String(chunk)).challenge;
    });
    // One that has no key, and has the true owner answer another process' challenge for it.
    const [second, owner] = duplexPair();
    const greeting = greetOwner(client, KEY, "window");
    const received = greetClient(owner, KEY);
    received.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    second.write(`${JSON.stringify({ fusion: 1, purpose: "socket", challenge })}\n`);
    second.once("data", (answer) => mirror.write(answer));
    await assert.rejects(greeting, NotTheOwner, "the answer is for another purpose");
    second.destroy();
    owner.destroy();
  });

  for (const [what, line] of [
    ["no JSON", "GET / HTTP/1.1\r\n\r\n"],
    ["no greeting", '{"hello":1}\n'],
    ["no end", "x".repeat(20_000)],
    ["another version", '{"fusion":99,"purpose":"window","challenge":"xxxxxxxxxxxxxxxxxxxxxxxx"}\n'],
  ] as const) {
    it(`turn away who sends ${what}`, async () => {
      const [client, owner] = duplexPair();
      client.resume();
      const received = greetClient(owner, KEY);
      client.write(line);
      await assert.rejects(received);
    });
  }
});
