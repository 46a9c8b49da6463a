import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { io, type Socket } from "socket.io-client";
import { Cli, type ServingCli } from "../../support/cli.js";
import { GitRepository } from "../../support/gitRepository.js";
import { send } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

/** Everything about the metrics that the token does not name: ids, labels, files, values, texts of theirs. */
const HIDDEN =
  /revenue|mrr|drive|eric_|recommend|insight|hidden|secret|"commits"|commitCount|chat|987654321|123454321|555666777/i;

const FILES = {
  "data/memo_index.json": '{"total": 17}',
  "data/revenue_snapshot.json": '{"mrr": 987654321}',
  "data/ERIC_recommendations.json": '[{"id": "1", "title": "Hidden plan", "priority": "high"}]',
  "data/drive_sync.log": "[2025-11-08T20:00:00] OK hidden\n",
  "data/chat_activity.jsonl": "{}\n",
  "private/hidden.csv": "rate\n123454321\n",
  "private/broken.json": '{"hidden": ',
  "shared.json": '{"open": 3, "hiddenPart": "555666777"}',
  "fusion.json": JSON.stringify({
    metrics: {
      open: { label: "Open", file: "shared.json", query: "open" },
      hiddenShared: { label: "Secret share", file: "shared.json", query: "hiddenPart" },
      hiddenChurn: { label: "Secret churn", file: "private/hidden.csv", column: "rate" },
      hiddenBroken: { label: "Secret and broken", file: "private/broken.json", query: "hidden" },
      hiddenFiles: { label: "Secret files", files: "private/*", aggregate: "count" },
      commitCount: { label: "Secret commits", git: { since: "7d" } },
    },
    alerts: [
      { metric: "revenue", below: 100 },
      { metric: "hiddenChurn", above: 1 },
      { metric: "open", above: 1 },
    ],
  }),
};

const ROUTES: readonly (readonly [path: string, toldToAll: RegExp | null])[] = [
  ["/api/fusion/stream", /hiddenChurn.*Hidden plan/],
  ["/api/fusion/health", /hiddenChurn/],
  ["/api/fusion/emitter/health", /private\/hidden\.csv/],
  ["/api/fusion/alerts", /Secret churn/],
  ["/metrics", /id="hiddenChurn"/],
  ["/api/fusion/history?metric=memos", null],
  ["/api/fusion/history?metric=hiddenChurn", /123454321/],
  ["/api/fusion/history?metric=hiddenChurn&points=0", null],
  ["/api/fusion/history?metric=revenue&from=x", null],
  ["/api/fusion/nothing", null],
];

const QUESTIONS: readonly (readonly [event: string, request: unknown, toldToAll: RegExp | null])[] = [
  ["fusionRefresh", undefined, /hiddenChurn/],
  ["fusionHealth", undefined, /private\/hidden\.csv/],
  ["fusionHistory", { metric: "memos" }, null],
  ["fusionHistory", { metric: "hiddenChurn" }, /123454321/],
  ["fusionHistory", { metric: "revenue", from: "x" }, null],
  ["fusionCommits", {}, /hidden work/],
  ["fusionInterval", { minutes: 1 }, null],
  ["nothing", {}, null],
];

describe("What a token for some metrics lets its holder receive", function () {
  // Each command is a process of its own.
  this.timeout(60_000);
  let cli: Cli;
  let serving: ServingCli;
  let narrow: string;
  let whole: string;
  let sockets: Socket[];
  const repository = new GitRepository(false);

  after(() => repository.dispose());

  beforeEach(async () => {
    sockets = [];
    cli = new Cli();
    cli.folder.write(FILES);
    repository.git("init", "--quiet", cli.folder.path);
    repository.commit(Date.now(), cli.folder.path, "hidden work");
    serving = await cli.serve();
    const scope = ["--scope", "control"];
    [narrow, whole] = await Promise.all([
      cli.token(...scope, "--metrics", "memos,open"),
      cli.token(...scope),
    ]);
    await waitFor(async () => (await get("/api/fusion/alerts", whole)).includes("Secret churn"));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.disconnect();
    await cli.dispose();
  });

  async function get(path: string, token: string): Promise<string> {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await send({ port: serving.port, path, headers });
    return JSON.stringify([answer.headers, answer.text]).replaceAll("\\", "");
  }

  function listen(token: string, transport: string) {
    const received: [event: string, text: string][] = [];
    const socket = io(serving.url, { auth: { token }, transports: [transport], forceNew: true });
    sockets.push(socket);
    socket.onAny((event: string, payload) => received.push([event, JSON.stringify(payload)]));
    return { socket, received };
  }

  it("is in every HTTP answer nothing of the others", async () => {
    for (const [path, toldToAll] of ROUTES) {
      if (toldToAll) assert.match(await get(path, whole), toldToAll);
      assert.doesNotMatch(await get(path, narrow), HIDDEN);
    }
    assert.match(await get("/api/fusion/stream", narrow), /"memos":17.*"open":\{"value":3/);
    assert.match(await get("/api/fusion/emitter/health", narrow), /"shared\.json","metrics":\["open"\]/);
    assert.match(await get("/api/fusion/alerts", narrow), /"metric":"open"/);
  });

  for (const transport of ["websocket", "polling"]) {
    it(`is in every event and acknowledgement nothing of the others (${transport})`, async () => {
      const seen = listen(narrow, transport);
      const all = listen(whole, transport);
      const names = (list: typeof seen) => new Set(list.received.map(([event]) => event));
      await waitFor(() => seen.socket.connected && names(all).size >= 3 && names(seen).size >= 3);
      const told = (pattern: RegExp) => all.received.some(([, text]) => pattern.test(text));
      // Emissions that change only what is hidden; a feed, and alerts that begin and end.
      cli.folder.write({ "data/revenue_snapshot.json": '{"mrr": 5}' });
      await waitFor(() => told(/"metric":"revenue".*below/), { message: "the alert on MRR" });
      cli.folder.write({
        "private/hidden.csv": "rate\n0\n",
        "data/drive_sync.log": "[2025-11-08T21:00:00] ERROR\n",
      });
      await waitFor(() => told(/"metric":"hiddenChurn".*"state":"resolved"/), {
        message: "the end of an alert",
      });
      await waitFor(() => told(/"changes":\[[^\]]*"metric":"hiddenChurn"/), { message: "the feed" });
      rmSync(cli.folder.resolve("data/ERIC_recommendations.json"));
      await waitFor(() => told(/"recommendations":null/), { message: "the file to be missed" });
      for (const [event, request, toldToAll] of QUESTIONS) {
        const ask = ({ socket }: typeof seen) =>
          request === undefined ? socket.emitWithAck(event) : socket.emitWithAck(event, request);
        const answers = { whole: JSON.stringify(await ask(all)), narrow: JSON.stringify(await ask(seen)) };
        if (toldToAll) assert.match(answers.whole, toldToAll, event);
        assert.doesNotMatch(answers.narrow, HIDDEN, event);
      }
      cli.folder.write({ "data/memo_index.json": '{"total": 18}' });
      await waitFor(() => seen.received.some(([, text]) => /"memos":18/.test(text)));
      for (const [event, text] of seen.received) assert.doesNotMatch(text, HIDDEN, event);
      assert.deepEqual([...names(seen)].sort(), ["fusionAlerts", "fusionStatus", "fusionUpdate"]);
    });
  }
});
