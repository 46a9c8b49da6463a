import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Deadline } from "../../../src/core/deadline.js";

const LONG_MS = 60_000;
const never = () => new Promise<never>(() => undefined);

describe("deadline", () => {
  it("gives what work in time gives, its rejection too", async () => {
    const deadline = new Deadline(LONG_MS);
    assert.equal(await deadline.within(Promise.resolve(1), "late"), 1);
    await assert.rejects(deadline.within(Promise.reject(new Error("broken")), "late"), /broken/);
  });

  it("gives up each of many that wait together, and only those that are not done", async () => {
    const deadline = new Deadline(50);
    const waits = [
      deadline.within(never(), "late"),
      deadline.within(Promise.resolve("done"), "late"),
      deadline.within(never(), "late"),
    ];
    assert.deepEqual(await Promise.all(waits), ["late", "done", "late"]);
  });

  it("gives those that come later a time of their own", async () => {
    const deadline = new Deadline(100);
    const begun = performance.now();
    const first = deadline.within(never(), "late");
    await delay(30);
    await Promise.all([first, deadline.within(never(), "late")]);
    assert.ok(performance.now() - begun >= 120);
    assert.equal(await deadline.within(never(), "late"), "late");
  });

  it("calls nobody who ended the wait", async () => {
    const deadline = new Deadline(20);
    const late: string[] = [];
    const end = deadline.begin(() => late.push("ended"));
    const told = new Promise<void>((resolve) => {
      deadline.begin(() => {
        late.push("waiting");
        resolve();
      });
    });
    end();
    await told;
    assert.deepEqual(late, ["waiting"]);
  });
});
