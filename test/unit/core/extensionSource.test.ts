import assert from "node:assert/strict";
import { ExtensionSource } from "../../../src/core/sources/extensionSource.js";
import { ManualClock } from "../../support/manualClock.js";

type Read = (signal: AbortSignal) => unknown;

describe("a source of another extension", () => {
  let clock: ManualClock;
  let read: Read;
  let asked: number;
  let told: number;
  let source: ExtensionSource;

  beforeEach(() => {
    clock = new ManualClock();
    asked = 0;
    told = 0;
    const shape = { label: "Queue", format: "number", unit: null, icon: null } as const;
    const metrics = new Map(
      ["queue", "state"].map((name) => [name, { id: `acme.ci/${name}`, shape }] as const),
    );
    source = new ExtensionSource(
      {
        title: "Acme CI",
        metrics,
        read: (signal) => {
          asked++;
          return read(signal);
        },
      },
      clock,
      () => told++,
    );
  });
  afterEach(() => source.dispose());

  const collected = async (next: Read = read) => {
    read = next;
    clock.advance(1_000);
    return await source.collect();
  };
  const values = async (next: Read) => {
    const { state } = await collected(next);
    const readings = Object.entries(state.reading?.metrics ?? {});
    return Object.fromEntries(
      readings.map(([id, { value, error, warning }]) => [id, [value, error ?? warning]]),
    );
  };
  const GOOD = { queue: 3, state: "green" };

  it("gives the values by their metrics' ids, at once or later", async () => {
    const expected = { "acme.ci/queue": [3, undefined], "acme.ci/state": ["green", undefined] };
    assert.deepEqual(await values(() => GOOD), expected);
    assert.deepEqual(await values(async () => GOOD), expected);
  });

  it("changes its revision with its values, and else not", async () => {
    const first = await collected(() => GOOD);
    assert.equal((await collected()).revision, first.revision);
    assert.notEqual((await collected(() => ({ ...GOOD, queue: 4 }))).revision, first.revision);
  });

  it("calls nobody after its end, though it was told of a change while it was read", async () => {
    let give = (_: unknown) => {};
    read = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    const collecting = source.collect();
    source.tellChanged();
    give(GOOD);
    await collecting;
    source.dispose();
    clock.advance(60_000);
    assert.equal(told, 0);
  });

  it("leaves nothing to wait for at its end, though it was not answered", async () => {
    read = () => new Promise(() => undefined);
    const collecting = source.collect();
    source.dispose();
    const { state } = await collecting;
    assert.equal(state.status, "unavailable");
    assert.equal(clock.waiting, 0);
  });

  const TROUBLES: Readonly<Record<string, [read: Read, said: RegExp]>> = {
    throws: [() => Reflect.apply(BigInt, null, ["x"]), /could not give its values: Cannot convert x/],
    "throws no error": [
      () => {
        throw "down\nstack";
      },
      /could not give its values: down$/,
    ],
    "throws what cannot be written": [
      () => {
        throw Object.create(null);
      },
      /could not give its values: it threw/,
    ],
    rejects: [() => Promise.reject(new Error("offline")), /could not give its values: offline$/],
    "gives nothing": [() => undefined, /gave no object/],
    "gives a text": [() => "3", /gave no object/],
    "throws in a getter": [
      () => ({
        get queue() {
          throw new Error("lazy");
        },
      }),
      /lazy/,
    ],
  };
  for (const [what, [trouble, said]] of Object.entries(TROUBLES)) {
    it(`keeps the last good values, marked, where it ${what}`, async () => {
      const first = await collected(trouble);
      assert.deepEqual([first.state.status, first.state.reading], ["unavailable", null]);
      assert.match(String(first.state.error), said);
      await collected(() => GOOD);
      const { state } = await collected(trouble);
      assert.equal(state.status, "stale");
      assert.match(String(state.error), said);
      assert.match(String(state.error), /^The extension Acme CI /);
      assert.equal(state.reading?.metrics["acme.ci/queue"]?.value, 3);
      assert.equal((await collected(() => GOOD)).state.status, "available");
    });
  }

  for (const bad of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    3n,
    true,
    [3],
    { value: 3 },
    new Date(0),
    () => 3,
  ]) {
    it(`keeps the last good value, marked, in place of ${typeof bad === "function" ? "a function" : `${typeof bad} ${bad}`}`, async () => {
      await collected(() => GOOD);
      const { "acme.ci/queue": queue, "acme.ci/state": state } = await values(() => ({
        queue: bad,
        state: "red",
      }));
      assert.equal(queue?.[0], 3);
      assert.match(String(queue?.[1]), /for "queue"\. It must be a finite number, a text or null\.$/);
      assert.deepEqual(state, ["red", undefined]);
    });
  }

  it("marks a value that is left out, also where it is inherited", async () => {
    await collected(() => GOOD);
    const { "acme.ci/queue": queue } = await values(() =>
      Object.assign(Object.create({ queue: 9 }), { state: "red" }),
    );
    assert.deepEqual(queue, [3, 'The extension Acme CI left out "queue".']);
  });

  it("has no value where the extension says so, rather than the last one", async () => {
    await collected(() => GOOD);
    const { "acme.ci/queue": queue } = await values(() => ({ queue: null, state: "red" }));
    assert.deepEqual(queue, [null, 'The extension Acme CI has no value for "queue" now.']);
  });

  it("cuts a long text, and knows no negative zero", async () => {
    const given = await values(() => ({ queue: -0, state: "x".repeat(2_000) }));
    assert.ok(Object.is(given["acme.ci/queue"]?.[0], 0));
    assert.equal(String(given["acme.ci/state"]?.[0]).length, 1_001);
  });

  it("gives up a call that takes 10 seconds, and asks again only when it has ended", async () => {
    await collected(() => GOOD);
    let end = (_: unknown) => {};
    let aborted = false;
    const pending = collected((signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    await Promise.resolve();
    clock.advance(10_000);
    const { state } = await pending;
    assert.deepEqual([state.status, aborted], ["stale", true]);
    assert.match(String(state.error), /within 10 seconds/);
    const calls = asked;
    assert.equal((await collected()).state.status, "stale");
    assert.equal(asked, calls, "no second call beside the first");
    end({ queue: 99, state: "late" });
    await new Promise(setImmediate);
    assert.equal((await collected(() => GOOD)).state.reading?.metrics["acme.ci/queue"]?.value, 3);
  });

  it("is asked once a second at most, and at once where it told of a change", async () => {
    await collected(() => GOOD);
    await source.collect();
    assert.equal(asked, 1);
    source.tellChanged();
    assert.equal(told, 1);
    await source.collect();
    assert.equal(asked, 2);
    clock.advance(1_000);
    await source.collect();
    assert.equal(asked, 3);
  });

  it("is read again after a second where reading it tells of a change", async () => {
    await collected(() => {
      source.tellChanged();
      return GOOD;
    });
    assert.equal(told, 0);
    clock.advance(999);
    assert.equal(told, 0);
    clock.advance(1);
    assert.equal(told, 1);
  });

  it("tells the call under way that it is not needed any more", async () => {
    let signal: AbortSignal | undefined;
    void collected((given) => {
      signal = given;
      return new Promise(() => {});
    });
    source.dispose();
    assert.equal(signal?.aborted, true);
  });
});
