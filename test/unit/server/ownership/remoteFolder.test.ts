import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { AddedSources } from "../../../../src/core/sources/addedSources.js";
import type { Alert } from "../../../../src/protocol/alerts.js";
import type { HistoryImport } from "../../../../src/protocol/history.js";
import { Board } from "../../../../src/server/ownership/board.js";
import { OwnerDesk } from "../../../../src/server/ownership/ownerDesk.js";
import { meetingPlace } from "../../../../src/server/ownership/place.js";
import type {
  ConfigDocument,
  FolderAlerts,
  FolderHistory,
  ServerAddress,
} from "../../../../src/server/ownership/ports.js";
import type { RemoteFolder } from "../../../../src/server/ownership/remoteFolder.js";
import { type Role, Seat } from "../../../../src/server/ownership/seat.js";
import { givenSource } from "../../../support/givenSource.js";
import { alert, MemoryAlerts } from "../../../support/memoryAlerts.js";
import { closeAll, event, type ServedStream, serve, upgradeStatus } from "../../../support/servedStream.js";
import { sourceFigures } from "../../../support/snapshots.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";
import { waitFor } from "../../../support/waitFor.js";

class MutableAlerts extends MemoryAlerts implements FolderAlerts {
  readonly mutes = new Map<string, number | null>();
  mute(id: string, until: number | null): void {
    this.mutes.set(id, until);
    this.fire({ ...alert(), id, muted: true });
  }
  unmute(id: string): void {
    this.mutes.delete(id);
    this.fire({ ...alert(), id, muted: false });
  }
  override onList(listener: (alerts: readonly Alert[]) => void) {
    return super.onList(() => listener(this.list()));
  }
  mutedUntil(id: string): number | null {
    return this.mutes.get(id) ?? null;
  }
}

/** A history of text, which is exported letter by letter. */
class TextHistory implements FolderHistory {
  text = "";
  async query({ metric, from, to }: { metric: string; from: number; to: number }) {
    if (from > to) throw new RangeError("A range begins before it ends.");
    return { metric, from, to, points: [[from, 1] as const] };
  }
  async metrics() {
    return ["memos"];
  }
  async gaps() {
    return [
      { after: 1, until: 2 },
      { after: 3, until: Number.POSITIVE_INFINITY },
    ];
  }
  async commits() {
    return [{ time: 1, hash: "a", subject: "b" }];
  }
  async *export() {
    for (const letter of this.text) yield Buffer.from(letter);
  }
  async import(pieces: AsyncIterable<Uint8Array>): Promise<HistoryImport> {
    for await (const piece of pieces) this.text += Buffer.from(piece).toString();
    return { added: this.text.length, known: 0, refused: 0, refusals: [] };
  }
}

const KEY = new Uint8Array(32).fill(7);

describe("a folder that another process owns", () => {
  let state: TemporaryFolder;
  let served: ServedStream;
  let alerts: MutableAlerts;
  let history: TextHistory;
  let config: Board<ConfigDocument>;
  let added: AddedSources;
  let desk: OwnerDesk;
  let receive: (connection: Socket) => void;
  let seats: Seat[];

  beforeEach(async () => {
    state = new TemporaryFolder();
    alerts = new MutableAlerts();
    served = await serve({ alerts });
    history = new TextHistory();
    config = new Board<ConfigDocument>({ text: "{}", problems: [] });
    seats = [];
    added = new AddedSources();
    desk = new OwnerDesk(
      {
        parts: { stream: served.stream, alerts, history },
        config,
        added,
        address: new Board<ServerAddress>({ url: served.server.address?.url ?? null, error: null }),
        server: async () => served.server,
        key: async () => KEY,
      },
      true,
    );
    receive = (connection) => desk.take(connection);
    await seated();
  });
  afterEach(async () => {
    for (const seat of seats.reverse()) await seat.leave();
    await closeAll();
    state.dispose();
  });

  /** The role that one more process gets at the folder. */
  const seated = (key = KEY, purpose: "window" | "process" = "window") =>
    new Promise<Role>((onRole) => {
      const place = meetingPlace(state.path, "folder");
      const welcome = (connection: Socket) => receive(connection);
      seats.push(new Seat({ place, key: async () => key, purpose, welcome, onRole }));
    });
  const joined = async (): Promise<RemoteFolder> => {
    const role = await seated();
    assert.equal(role.kind, "client");
    return (role as Extract<Role, { kind: "client" }>).remote;
  };

  it("shows what its owner's stream has, and all that follows", async () => {
    const { parts, address, config: shown } = await joined();
    assert.equal(parts.stream.latest?.sequence, 1);
    assert.equal(address.value.url, served.server.address?.url);
    const heard: number[] = [];
    parts.stream.onSnapshot(({ sequence }) => heard.push(sequence));
    served.stream.emit({ revenue: 7 });
    served.stream.emit({ revenue: 8 });
    await waitFor(() => heard.length === 2);
    assert.deepEqual(heard, [2, 3]);
    assert.equal(parts.stream.latest?.revenue, 8);
    served.stream.sources = [sourceFigures()];
    assert.deepEqual(await parts.stream.sourceFigures(), served.stream.sources);
    config.set({ text: "[", problems: [] });
    await waitFor(() => shown.value?.text === "[");
  });

  it("is refreshed and set to another interval through its owner", async () => {
    const { stream } = (await joined()).parts;
    assert.equal((await stream.refresh()).sequence, 2);
    stream.setInterval(7);
    await waitFor(() => stream.status().interval.minutes === 7);
    assert.equal(served.stream.status().interval.minutes, 7);
    assert.throws(() => stream.setInterval(2), RangeError);
    served.stream.collect = async () => {
      throw new Error("no disk");
    };
    await assert.rejects(stream.refresh(), /no disk/);
  });

  it("has its owner's alerts, and mutes them there", async () => {
    const remote = (await joined()).parts.alerts;
    const turns: string[] = [];
    remote.onAlert(({ message }) => turns.push(message));
    alerts.fire(alert());
    await waitFor(() => turns.length === 1 && remote.list().length === 1);
    const { id } = alert();
    remote.mute(id, 99);
    await waitFor(() => remote.list()[0]?.muted && remote.mutedUntil(id) === 99);
    assert.equal(alerts.mutes.get(id), 99);
    remote.unmute(id);
    await waitFor(() => remote.list()[0]?.muted === false);
  });

  it("has its owner's history: asked, exported and imported", async () => {
    const remote = (await joined()).parts.history;
    assert.deepEqual((await remote.query({ metric: "memos", from: 1, to: 2 })).points, [[1, 1]]);
    await assert.rejects(remote.query({ metric: "memos", from: 2, to: 1 }), /begins before it ends/);
    assert.deepEqual(await remote.metrics(), ["memos"]);
    assert.deepEqual(await remote.gaps({ from: 0, to: 9 }), await history.gaps());
    assert.equal((await remote.commits({ from: 0, to: 1 }))[0]?.hash, "a");
    async function* pieces() {
      yield Buffer.from("wörds ");
      yield Buffer.from("and more");
    }
    assert.equal((await remote.import(pieces(), "csv")).added, 14);
    let read = "";
    for await (const piece of remote.export({ from: 0, to: 1 }, "csv", null)) read += Buffer.from(piece);
    assert.equal(read, "wörds and more");
    async function* cut() {
      yield Buffer.from("!");
      throw new Error("cancelled");
    }
    await assert.rejects(remote.import(cut(), "csv"), /cancelled/);
  });

  it("reads its own sources for its owner, as long as it is there", async () => {
    const remote = await joined();
    const offered = new AddedSources();
    let queue = 3;
    const { added: one, tell } = givenSource("queue", () => queue);
    const entry = offered.add(one);
    offered.add({ ...givenSource("elsewhere", () => 1).added, isOwn: false });
    remote.offerSources(offered);
    await waitFor(() => added.list.length === 1, { message: "the offer" });
    const [taken] = added.list;
    assert.ok(taken);
    assert.deepEqual(
      [taken.name, taken.isOwn, Object.keys(taken.source.metrics)],
      ["acme.ci", false, ["acme.ci/queue"]],
    );
    const first = await taken.source.collect();
    assert.equal(first.state.reading?.metrics["acme.ci/queue"]?.value, 3);
    let told = 0;
    taken.onChange(() => told++);
    queue = 4;
    tell();
    await waitFor(() => told === 1);
    const second = await taken.source.collect();
    assert.equal(second.state.reading?.metrics["acme.ci/queue"]?.value, 4);
    assert.notEqual(second.revision, first.revision);
    offered.add(givenSource("state", () => "green").added);
    await waitFor(() => added.list.length === 2);
    assert.ok(added.list.includes(taken), "what it had stays as it is");
    entry.dispose();
    await waitFor(() => added.list.length === 1 && !added.list.includes(taken));
    remote.dispose();
    await waitFor(() => added.list.length === 0, { message: "its sources to go with it" });
  });

  it("leaves a source as it was last, marked, where its reader is gone", async () => {
    const remote = await joined();
    const offered = new AddedSources();
    offered.add(givenSource("queue", () => 3).added);
    remote.offerSources(offered);
    await waitFor(() => added.list.length === 1);
    const source = added.list[0]?.source;
    const good = await source?.collect();
    remote.dispose();
    await waitFor(() => added.list.length === 0);
    const last = await source?.collect();
    assert.deepEqual([last?.state.status, last?.state.reading], ["stale", good?.state.reading]);
    assert.notEqual(last?.revision, good?.revision);
  });

  it("gives a WebSocket to its owner's server", async () => {
    const remote = await joined();
    const socket = await remote.openSocket();
    const greeting = await event<Buffer>(socket, "message");
    assert.match(String(greeting), /^0\{"sid"/);
    socket.send("40");
    await waitFor(() => served.stream.connectedClients === 1, { message: "the client to be counted" });
    socket.close();
    await waitFor(() => served.stream.connectedClients === 0);
  });

  it("leaves no connection open to an owner that proves nothing, or does not answer", async () => {
    const remote = await joined();
    for (const answer of [`${JSON.stringify({ challenge: "c".repeat(24), proof: "p" })}\n`, ""]) {
      let connections = 0;
      receive = (connection) => {
        connections++;
        connection.once("close", () => connections--).resume();
        connection.write(answer);
      };
      await assert.rejects(remote.openSocket());
      await waitFor(() => connections === 0, { message: "the connection to be closed" });
    }
  });

  it("tells nothing to a process without its key", async () => {
    const role = await seated(new Uint8Array(32).fill(9));
    assert.equal(role.kind, "waiting");
    assert.match((role as Extract<Role, { kind: "waiting" }>).reason, /does not have its key/);
  });

  it("is spoken for by the window that the user looked at last", async () => {
    const [one, other] = [await joined(), await joined()];
    assert.deepEqual([desk.speakers.own.value, one.speaks.value, other.speaks.value], [true, false, false]);
    one.focused();
    await waitFor(() => one.speaks.value && !desk.speakers.own.value);
    other.focused();
    await waitFor(() => other.speaks.value && !one.speaks.value);
    other.dispose();
    await waitFor(() => desk.speakers.own.value);
  });

  it("never shows a token to a stranger on the owner's port", async () => {
    const remote = await joined();
    const asked: string[] = [];
    const { port } = served;
    await served.server.dispose();
    const stranger = createServer((req, res) => {
      asked.push(JSON.stringify(req.headers));
      res.end();
    }).listen(port, "127.0.0.1");
    try {
      assert.equal(await upgradeStatus(await remote.openSocket()), 503, "the owner's own answer");
      assert.deepEqual(asked, []);
    } finally {
      stranger.close();
    }
  });
});
