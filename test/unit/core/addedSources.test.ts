import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.js";
import { AddedSources } from "../../../src/core/sources/addedSources.js";
import { FusionStream } from "../../../src/core/stream.js";
import { folderSource } from "../../support/folderStream.js";
import { givenSource } from "../../support/givenSource.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("sources that are added to a folder's own", () => {
  let folder: TemporaryFolder;
  let added: AddedSources;
  let stream: FusionStream;

  beforeEach(() => {
    folder = new TemporaryFolder();
    folder.write({ "n.json": "1", "fusion.json": '{"metrics": {"n": {"file": "n.json"}}}' });
    added = new AddedSources();
    stream = new FusionStream({ clock: systemClock, log: () => undefined });
  });
  afterEach(() => {
    stream.dispose();
    folder.dispose();
  });

  const follow = async (trusted = true) => {
    stream.follow(folderSource(folder.path, systemClock, undefined, { added, trusted }));
    await waitFor(() => stream.latest);
  };
  const value = (id: string) => stream.latest?.metrics[id]?.value;
  const shows = (id: string, expected: unknown) =>
    waitFor(() => value(id) === expected, { message: `${id} to be ${expected}` });

  it("are metrics like any other, after the folder's, with a card and where they come from", async () => {
    added.add(givenSource("queue", () => 3).added);
    await follow();
    assert.equal(value("acme.ci/queue"), 3);
    assert.deepEqual(stream.latest?.cards.slice(-2), ["n", "acme.ci/queue"]);
    const { origin, source, available } = stream.latest?.metrics["acme.ci/queue"] ?? {};
    assert.deepEqual([source, available], [null, true]);
    assert.deepEqual(origin, { kind: "extension", extension: "Acme CI", name: "queue" });
    const figures = stream.health().sources.find(({ kind }) => kind === "extension");
    assert.deepEqual([figures?.name, figures?.metrics], ["acme.ci", ["acme.ci/queue"]]);
  });

  it("come and go while the stream runs, and show their changes at once", async () => {
    await follow();
    let queue = 3;
    const { added: one, tell } = givenSource("queue", () => queue);
    const entry = added.add(one);
    await shows("acme.ci/queue", 3);
    queue = 4;
    tell();
    await shows("acme.ci/queue", 4);
    assert.equal(stream.latest?.metrics["acme.ci/queue"]?.previous, 3);
    entry.dispose();
    await waitFor(() => !("acme.ci/queue" in (stream.latest?.metrics ?? {})));
    await shows("n", 1);
  });

  it("stay when fusion.json changes, in the cards that it chooses", async () => {
    added.add(givenSource("queue", () => 3).added);
    await follow();
    folder.write({ "fusion.json": '{"cards": ["acme.ci/queue", "memos"]}' });
    await waitFor(() => stream.latest?.cards.join() === "acme.ci/queue,memos");
  });

  it("count once for each metric: the first that came, and the next when that is gone", async () => {
    const first = added.add(givenSource("queue", () => 1).added);
    added.add(givenSource("queue", () => 2).added);
    await follow();
    assert.equal(value("acme.ci/queue"), 1);
    first.dispose();
    await shows("acme.ci/queue", 2);
    assert.equal(stream.latest?.metrics["acme.ci/queue"]?.previous, 1);
  });

  it("are not read where the folder is not trusted", async () => {
    let read = 0;
    const { added: one, tell } = givenSource("queue", () => ++read);
    added.add(one);
    await follow(false);
    tell();
    await stream.refresh();
    assert.equal(read, 0);
    assert.equal(value("acme.ci/queue"), undefined);
  });
});
