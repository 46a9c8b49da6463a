import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { Socket as EngineSocket } from "engine.io";
import { AlertsOutbox, MOST_OWED } from "../../../src/server/alertsOutbox.js";
import { STALLED_MS } from "../../../src/server/outbox.js";
import { ManualClock } from "../../support/manualClock.js";
import { alert } from "../../support/memoryAlerts.js";

/** As much of engine.io's connection as an outbox looks at. */
class FakeConnection extends EventEmitter {
  transport = Object.assign(new EventEmitter(), { writable: true });
  writeBuffer: unknown[] = [];
  closed = false;

  close(): void {
    this.closed = true;
  }

  become(writable: boolean): void {
    this.transport.writable = writable;
    if (writable) this.transport.emit("ready");
  }
}

describe("An outbox of alerts", () => {
  let connection: FakeConnection;
  let clock: ManualClock;
  let sent: string[];
  let outbox: AlertsOutbox;

  beforeEach(() => {
    connection = new FakeConnection();
    clock = new ManualClock();
    sent = [];
    outbox = new AlertsOutbox(
      connection as unknown as EngineSocket,
      ({ id }) => sent.push(id),
      () => sent.push("list"),
      clock,
    );
  });

  it("keeps the last alerts and one list for a client that is slow, and sends them when it is ready", () => {
    connection.become(false);
    for (let index = 0; index < 1_000; index++) {
      outbox.oweAlert(alert({ id: String(index) }));
      outbox.oweList();
    }
    assert.deepEqual(sent, []);
    assert.ok(!outbox.isReady);
    connection.become(true);
    const last = Array.from({ length: MOST_OWED }, (_, index) => String(1_000 - MOST_OWED + index));
    assert.deepEqual(sent, [...last, "list"]);
    assert.ok(outbox.isReady);
    connection.become(true);
    assert.equal(sent.length, MOST_OWED + 1, "once");
  });

  it("follows the connection to another transport", () => {
    connection.become(false);
    outbox.oweList();
    connection.transport = Object.assign(new EventEmitter(), { writable: true });
    connection.emit("upgrade");
    assert.deepEqual(sent, ["list"]);
  });

  it("drops a client that has taken nothing for 30 s, and none that has", () => {
    connection.become(false);
    outbox.oweList();
    connection.become(true);
    clock.advance(2 * STALLED_MS);
    assert.ok(!connection.closed);
    connection.become(false);
    outbox.oweList();
    clock.advance(STALLED_MS - 1);
    assert.ok(!connection.closed);
    clock.advance(1);
    assert.ok(connection.closed);
  });

  it("listens to nothing when it owes nothing, and when disposed", () => {
    const listeners = () => connection.transport.listenerCount("ready") + connection.listenerCount("upgrade");
    outbox.oweList();
    assert.equal(listeners(), 0);
    connection.become(false);
    outbox.oweList();
    assert.ok(listeners() > 0);
    outbox.dispose();
    assert.equal(listeners(), 0);
    connection.become(true);
    assert.deepEqual(sent, ["list"]);
  });
});
