import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { Socket as EngineSocket } from "engine.io";
import type { Clock } from "../../../src/core/clock.js";
import { type Kind, Outbox, STALLED_MS } from "../../../src/server/outbox.js";
import { whenReached } from "../../../src/server/tokenExpiry.js";

/** As much of engine.io's connection as an outbox looks at. */
class FakeConnection extends EventEmitter {
  transport = Object.assign(new EventEmitter(), { writable: true });
  writeBuffer: unknown[] = [];
  closed = false;
  readonly written: string[] = [];

  write(packet: string): void {
    this.written.push(packet);
  }

  close(): void {
    this.closed = true;
  }

  become(writable: boolean): void {
    this.transport.writable = writable;
    if (writable) this.transport.emit("ready");
  }
}

/** A clock that stands still until a test moves it. */
class HandClock implements Clock {
  time = 0;
  private readonly due = new Map<() => void, number>();

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  schedule(delay: number, callback: () => void) {
    assert.ok(delay >= 0 && delay < 2 ** 31, "a timer takes no more");
    const call = () => callback();
    this.due.set(call, this.time + delay);
    return { dispose: () => this.due.delete(call) };
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.due].filter(([, at]) => at <= end).sort(([, a], [, b]) => a - b);
      if (!next) break;
      this.due.delete(next[0]);
      this.time = next[1];
      next[0]();
    }
    this.time = end;
  }
}

function outboxOver(connection: FakeConnection, clock: Clock = new HandClock()) {
  const sent: Kind[] = [];
  const newest = (kinds: readonly Kind[]) => {
    sent.push(...kinds);
    return { packets: [], frames: Buffer.alloc(0) };
  };
  const outbox = new Outbox(connection as unknown as EngineSocket, newest, clock);
  return { outbox, sent };
}

describe("An outbox", () => {
  it("sends at once to a client that keeps up", () => {
    const { outbox, sent } = outboxOver(new FakeConnection());
    outbox.owe(["update"]);
    outbox.owe(["status"]);
    assert.deepEqual(sent, ["update", "status"]);
  });

  it("owes a slow client one of each kind, however many there were", () => {
    const connection = new FakeConnection();
    const { outbox, sent } = outboxOver(connection);
    connection.become(false);
    for (let at = 0; at < 100; at += 1) outbox.owe(["update"]);
    outbox.owe(["status"]);
    assert.deepEqual(sent, []);
    connection.become(true);
    assert.deepEqual(sent, ["update", "status"]);
    connection.become(true);
    assert.equal(sent.length, 2);
  });

  it("sends what it is given, or the newest later", () => {
    const connection = new FakeConnection();
    const { outbox, sent } = outboxOver(connection);
    const given = { packets: ["given"], frames: Buffer.from("given") };
    outbox.send(["update"], given);
    assert.deepEqual(connection.written, ["given"]);
    connection.become(false);
    outbox.send(["status"], given);
    outbox.send(["update"], given);
    assert.deepEqual(connection.written, ["given"]);
    connection.become(true);
    assert.deepEqual(sent, ["update", "status"], "an update goes before the status");
  });

  it("listens only while it owes something", () => {
    const connection = new FakeConnection();
    const { outbox } = outboxOver(connection);
    const listeners = () => connection.listenerCount("upgrade") + connection.transport.listenerCount("ready");
    assert.equal(listeners(), 0);
    connection.become(false);
    outbox.owe(["update"]);
    outbox.owe(["status"]);
    assert.equal(listeners(), 2);
    connection.become(true);
    assert.equal(listeners(), 0);
  });

  it("waits behind what engine.io itself still holds", () => {
    const connection = new FakeConnection();
    const { outbox, sent } = outboxOver(connection);
    connection.writeBuffer = [{ type: "message", data: "x" }];
    outbox.owe(["update"]);
    assert.deepEqual(sent, []);
    connection.writeBuffer = [];
    connection.become(true);
    assert.deepEqual(sent, ["update"]);
  });

  it("follows the connection to another transport", () => {
    const connection = new FakeConnection();
    const { outbox, sent } = outboxOver(connection);
    connection.become(false);
    outbox.owe(["update"]);
    connection.transport = Object.assign(new EventEmitter(), { writable: true });
    connection.emit("upgrade");
    assert.deepEqual(sent, ["update"]);
  });

  it("drops a client that has taken nothing for 30 s, and no other", () => {
    const clock = new HandClock();
    const stalled = new FakeConnection();
    const slow = new FakeConnection();
    const { outbox: stalledBox } = outboxOver(stalled, clock);
    const { outbox: slowBox } = outboxOver(slow, clock);
    for (const connection of [stalled, slow]) connection.become(false);
    stalledBox.owe(["update"]);
    slowBox.owe(["update"]);
    clock.advance(STALLED_MS - 1);
    stalledBox.owe(["update"]);
    slow.become(true);
    clock.advance(1);
    assert.ok(stalled.closed);
    clock.advance(10 * STALLED_MS);
    assert.ok(!slow.closed);
  });

  it("forgets all when disposed", () => {
    const clock = new HandClock();
    const connection = new FakeConnection();
    const { outbox, sent } = outboxOver(connection, clock);
    connection.become(false);
    outbox.owe(["update"]);
    outbox.dispose();
    connection.become(true);
    clock.advance(2 * STALLED_MS);
    assert.deepEqual(sent, []);
    assert.ok(!connection.closed);
    assert.equal(connection.listenerCount("upgrade"), 0);
    assert.equal(connection.transport.listenerCount("ready"), 0);
  });
});

describe("A token's expiry", () => {
  it("comes when its time has come, though no timer reaches so far", () => {
    const clock = new HandClock();
    const year = 365 * 24 * 60 * 60 * 1_000;
    let reached = false;
    whenReached(
      year,
      () => {
        reached = true;
      },
      clock,
    );
    clock.advance(year - 1);
    assert.ok(!reached);
    clock.advance(1);
    assert.ok(reached);
  });
});
