import assert from "node:assert/strict";
import fc from "fast-check";
import { startBuiltServer } from "../../bench/support/builtServer.js";
import { GitRepository } from "../../support/gitRepository.js";
import { RecordedStream } from "../../support/recordedStream.js";
import { closeAll, type Response, ServedStream, serve, type TestClient } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTE = "/api/fusion/history";
const MINUTE = 60_000;

interface Reply {
  ok: boolean;
  data?: { metric: string; from: number; to: number; points: [number, unknown][] };
  error?: { code: string; message: string };
}

describe("history for clients", () => {
  let recorded: RecordedStream;
  let served: ServedStream;
  /** An hour ago. */
  let begin: number;

  beforeEach(async () => {
    begin = Date.now() - 60 * MINUTE;
    recorded = new RecordedStream();
    recorded.follow();
    for (let n = 0; n < 6; n++) recorded.emitAt(begin + n * 10 * MINUTE, { revenue: n, memos: 100 - n });
    served = await serve({ stream: recorded, history: recorded.kept });
  });
  afterEach(async () => {
    await closeAll();
    await recorded.dispose();
  });

  const get = (query: string, token?: string) =>
    served.request(`${ROUTE}?${query}`, token === undefined ? {} : { token });
  const ask = async (client: TestClient, request: unknown): Promise<Reply> =>
    await client.emitWithAck("fusionHistory", request);
  const seriesOf = ({ json }: Response) => json.data as NonNullable<Reply["data"]>;

  it("answers with the changes of a metric, over HTTP and Socket.IO alike", async () => {
    const from = begin;
    const to = begin + 20 * MINUTE;
    const response = await get(`metric=revenue&from=${from}&to=${to}`);
    assert.equal(response.status, 200);
    const points = [0, 1, 2].map((n) => [begin + n * 10 * MINUTE, n]);
    assert.deepEqual(response.json, { ok: true, data: { metric: "revenue", from, to, points } });
    const client = await served.connected();
    assert.deepEqual(await ask(client, { metric: "revenue", from, to }), response.json);
    const iso = { metric: "revenue", from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    assert.deepEqual(await ask(client, iso), response.json);
    const encoded = `from=${encodeURIComponent(iso.from)}&to=${encodeURIComponent(iso.to)}`;
    assert.deepEqual((await get(`metric=revenue&${encoded}`)).json, response.json);
  });

  it("covers the last 24 hours with at most 500 points where nothing else is said", async () => {
    for (const query of ["metric=revenue", "metric=revenue&from=&to=&points="]) {
      const { from, to, points } = seriesOf(await get(query));
      assert.equal(to - from, 24 * 60 * MINUTE);
      assert.ok(Math.abs(to - Date.now()) < 60_000);
      assert.equal(points.length, 6);
    }
  });

  it("gives at most as many points as were asked for, with the extremes", async () => {
    const { points } = seriesOf(await get(`metric=revenue&from=${begin}&points=2`));
    assert.deepEqual(
      points.map(([, value]) => value),
      [0, 5],
    );
  });

  it("is empty, and no refusal, for a known metric in a time of which nothing is known", async () => {
    const { status, json } = await get("metric=revenue&from=0&to=1000");
    assert.equal(status, 200);
    assert.deepEqual((json.data as Reply["data"])?.points, []);
    recorded.emitAt(Date.now(), { memos: 1 });
    assert.equal((await get("metric=revenue&from=0&to=1000")).status, 200, "one that is no card any more");
  });

  it("says the same of a metric that the token may not see as of one that does not exist", async () => {
    const token = await served.token("read", ["memos"]);
    assert.equal((await get("metric=memos", token)).status, 200);
    const hidden = await get("metric=revenue", token);
    assertRefused(hidden, 404, "NOT_FOUND");
    for (const name of ["nothing", "__proto__", "toString"]) {
      assert.equal((await get(`metric=${name}`, token)).text, hidden.text);
      assert.equal((await get(`metric=${name}`)).text, hidden.text);
    }
    const client = await served.connected("read", ["memos"]);
    assert.deepEqual(await ask(client, { metric: "revenue" }), hidden.json);
  });

  it("refuses bad input in every field with 400, and says which", async () => {
    const bad: Readonly<Record<string, readonly string[]>> = {
      metric: ["", "a".repeat(2_000)],
      from: ["yesterday", "1.5", "1e3", "2025-02-30", "2025-13-01T00:00:00Z", "2025-11-08T17:00:00", "9e15"],
      to: ["NaN", "Infinity", "-", "99999999999999999999", "2025-11-08T25:00:00Z", "0x10"],
      points: ["0", "-1", "5001", "1.5", "many", "1e2", "00000500"],
    };
    for (const [field, values] of Object.entries(bad)) {
      for (const value of values) {
        const query = new URLSearchParams({ metric: "revenue", [field]: value });
        const response = await get(query.toString());
        assertRefused(response, 400, "BAD_REQUEST", `${field}=${value}`);
        assert.ok(response.json.error.message.includes(`"${field}"`), response.json.error.message);
      }
    }
    assertRefused(await get(""), 400, "BAD_REQUEST");
    assertRefused(await get("metric=revenue&metric=memos"), 400, "BAD_REQUEST");
    assertRefused(await get("metric=revenue&from=2000&to=1000"), 400, "BAD_REQUEST");
  });

  it("answers or refuses whatever a client sends, and serves the next one", async () => {
    const client = await served.connected();
    const field = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constantFrom("revenue", null, -8.64e15, 8.64e15),
    );
    const request = fc.oneof(
      fc.anything(),
      fc.record({ metric: field, from: field, to: field, points: field }, { requiredKeys: [] }),
    );
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        // What JSON cannot carry never reaches a socket.
        const json = JSON.stringify(sent, (_, value) => (typeof value === "bigint" ? String(value) : value));
        const reply = await ask(client, json === undefined ? null : JSON.parse(json));
        if (reply.ok) assert.ok((reply.data?.points.length ?? Number.NaN) <= 5_000);
        else assert.match(reply.error?.code ?? "", /^(BAD_REQUEST|NOT_FOUND|RATE_LIMITED)$/);
      }),
      { numRuns: 150 },
    );
    assert.equal((await ask(await served.connected(), { metric: "revenue" })).ok, true);
  });

  it("lets a client draw forty cards at once, and stops a flood", async () => {
    const client = await served.connected();
    const cards = await Promise.all(
      Array.from({ length: 40 }, () => ask(client, { metric: "revenue", points: 5_000 })),
    );
    assert.ok(cards.every(({ ok }) => ok));
    const flood = await Promise.all(Array.from({ length: 400 }, () => ask(client, { metric: "revenue" })));
    const refused = flood.filter(({ ok }) => !ok);
    assert.ok(refused.length > 100);
    assert.ok(refused.every(({ error }) => error?.code === "RATE_LIMITED"));
    assert.equal((await ask(await served.connected(), { metric: "revenue" })).ok, true, "another client");
  });

  it("stops a flood over HTTP with 429 and Retry-After", async () => {
    const token = await served.token();
    const responses = await Promise.all(Array.from({ length: 300 }, () => get("metric=revenue", token)));
    const refused = responses.filter(({ status }) => status !== 200);
    assert.ok(refused.length > 0 && refused.length <= 100);
    for (const response of refused) {
      assertRefused(response, 429, "RATE_LIMITED");
      assert.equal(response.headers["retry-after"], "1");
    }
  });

  it("is refused where the stream keeps none, and where it ended, without a path of this machine", async () => {
    const without = await serve();
    assertRefused(await without.request(`${ROUTE}?metric=revenue`), 503, "UNAVAILABLE");
    await recorded.kept.dispose();
    const ended = await get("metric=revenue");
    assertRefused(ended, 503, "UNAVAILABLE");
    assert.ok(!ended.text.includes(recorded.folder.path));
  });

  it("tells clients how it is kept", async () => {
    await waitFor(() => recorded.history !== null);
    const client = await served.connected();
    const { history } = await new Promise<{ history: unknown }>((resolve) => {
      client.on("fusionStatus", resolve);
      recorded.setConnectedClients(1);
    });
    assert.equal(history, recorded.history);
  });

  describe("commits", () => {
    let repo: GitRepository;
    beforeEach(() => {
      repo = new GitRepository();
      repo.commit(begin, undefined, "one");
      repo.commit(begin + MINUTE, undefined, "two");
    });
    afterEach(() => repo.dispose());

    const commits = (client: TestClient, request: unknown) => client.emitWithAck("fusionCommits", request);

    it("are told to a token that sees every metric", async () => {
      recorded.follow("a", repo.path);
      const client = await served.connected();
      const reply = await commits(client, { from: begin - MINUTE, to: begin });
      const time = Math.floor(begin / 1_000) * 1_000;
      const hash = repo.git("rev-parse", "HEAD~1").trim();
      assert.deepEqual(reply, { ok: true, data: { commits: [{ time, hash, subject: "one" }] } });
      const all = await commits(client, {});
      assert.deepEqual(
        all.data.commits.map(({ subject }: { subject: string }) => subject),
        ["two", "one"],
      );
      assert.equal((await commits(client, { from: "x" })).error.code, "BAD_REQUEST");
      assert.equal((await commits(await served.connected("read", ["memos"]), {})).error.code, "FORBIDDEN");
    });

    it("say why git cannot tell them, though the server is a bundle of its own", async () => {
      recorded.follow("a", repo.path);
      const shipped = await startBuiltServer(recorded, { history: recorded.kept });
      try {
        const head = repo.git("rev-parse", "HEAD").trim();
        const object = `.git/objects/${head.slice(0, 2)}/${head.slice(2)}`;
        repo.remove(object);
        repo.write({ [object]: "no object" });
        const reply = await commits(await new ServedStream(shipped, recorded).connected(), {});
        assert.equal(reply.error.code, "UNAVAILABLE");
        assert.match(
          reply.error.message,
          /^git cannot read the history \(.+\)\. Run "git fsck" to see why\.$/,
        );
      } finally {
        await shipped.dispose();
      }
    });

    it("are none where git may not be asked", async () => {
      assert.deepEqual(await commits(await served.connected(), {}), { ok: true, data: { commits: [] } });
    });
  });
});

function assertRefused({ status, json }: Response, expected: number, code: string, about?: string): void {
  assert.equal(status, expected, about);
  assert.equal(json.error.code, code, about);
}
