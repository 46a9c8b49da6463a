import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { io, type Socket } from "socket.io-client";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { BAD_FILES, type BadFile } from "../support/badFiles.js";
import { Cli, type ServingCli } from "../support/cli.js";
import { send } from "../support/servedStream.js";
import { waitFor } from "../support/waitFor.js";
import { declaration, WATCHED_FILES, type WatchedFile } from "../support/watchedFiles.js";

/** Root may read what nobody may read, unless it gives up these. */
const WITHOUT_OVERRIDE =
  process.getuid?.() === 0
    ? [
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
      ]
    : [];

/** Two documents of 50 MB, read one after the other on a busy machine, take so long (ms). */
const PATIENCE_MS = 90_000;

describe("whatever becomes of a file", () => {
  let cli: Cli;
  let serving: ServingCli;
  let token: string;
  let client: Socket;
  let seen: Snapshot[] = [];

  const latest = () => seen.at(-1);
  const metric = (id: string) => latest()?.metrics[id];
  const until = (condition: () => unknown, message: () => string) =>
    waitFor(condition, { timeout: PATIENCE_MS }).catch((error) => assert.fail(`${message()}: ${error}`));
  const write = (n: number) => {
    for (const { file, content } of WATCHED_FILES) cli.folder.writeAtomically(file, content(n));
  };
  const showsGood = (files: readonly WatchedFile[], n: number) =>
    until(
      () => files.every(({ id, value }) => metric(id)?.available && metric(id)?.value === value(n)),
      () =>
        files
          .filter(({ id, value }) => !metric(id)?.available || metric(id)?.value !== value(n))
          .map(({ id, value }) => `${id} is not ${value(n)} but ${JSON.stringify(metric(id))}`)
          .join("\n"),
    );
  const beats = async (n: number) => {
    cli.folder.writeAtomically("beat.json", `{"n": ${n}}\n`);
    await until(
      () => metric("beat")?.value === n && metric("beat")?.available,
      () => `beat is not ${n} but ${metric("beat")?.value}`,
    );
  };

  before(async () => {
    cli = new Cli({}, WITHOUT_OVERRIDE);
    write(1);
    cli.folder.write({
      "fusion.json": declaration({ beat: { file: "beat.json", query: "n" } }),
      "beat.json": '{"n": 0}\n',
    });
    serving = await cli.serve();
    token = await cli.token();
    client = io(serving.url, { auth: { token }, transports: ["websocket"] });
    client.on("fusionUpdate", (snapshot: Snapshot) => seen.push(snapshot));
    await showsGood(WATCHED_FILES, 1);
  });

  after(async () => {
    client?.disconnect();
    await cli.dispose();
  });

  /** Puts it in the place of every file that it happens to; gives back what ends it. */
  const strike = ({ make }: BadFile, struck: readonly WatchedFile[], n: number): (() => void)[] => {
    const next = (file: string) => cli.folder.resolve(`next/${file}`);
    cli.folder.write({ "next/keep": "" });
    const ends = struck.map((file) => make?.(next(file.file), file, n));
    for (const { file } of struck) {
      if (make === null) cli.folder.remove(file);
      else renameSync(next(file), cli.folder.resolve(file));
    }
    return ends.filter((end) => end !== undefined);
  };

  const isAsExpected = (bad: BadFile, { id, file, value, ...rest }: WatchedFile, n: number): boolean => {
    const { value: shown, available, stale, error } = metric(id) ?? {};
    const expected = bad.shows({ id, file, value, ...rest });
    if (expected === "the new value") return available === true && !stale && shown === value(n + 1);
    // A metric that need not be there is left out with its file.
    if (expected === "nothing") return (shown ?? null) === null && !available;
    return !available && stale === true && shown === value(n) && isError(error, file, expected);
  };

  for (const [index, bad] of BAD_FILES.entries()) {
    it(`the last good value stays, and nobody else notices: ${bad.name}`, async () => {
      const n = 3 * index + 2;
      const struck = WATCHED_FILES.filter(bad.strikes);
      const others = WATCHED_FILES.filter((file) => !bad.strikes(file));
      write(n);
      await showsGood(WATCHED_FILES, n);
      seen = seen.slice(-1);

      const ends = strike(bad, struck, n + 1);
      try {
        for (const beat of [n + 0.25, n + 0.5]) await beats(beat);
        await until(
          () => struck.every((file) => isAsExpected(bad, file, n)),
          () =>
            struck
              .filter((file) => !isAsExpected(bad, file, n))
              .map(
                (file) =>
                  `${file.id} does not show ${bad.shows(file)} but ${JSON.stringify(metric(file.id))}`,
              )
              .join("\n"),
        );
        await showsGood(others, n);
      } finally {
        for (const end of ends) end();
      }

      write(n + 2);
      await showsGood(WATCHED_FILES, n + 2);
      for (const { id, file, value } of struck) {
        assert.equal(metric(id)?.error, null, file);
        const allowed = new Set<unknown>([n, n + 1, n + 2].map(value));
        if (bad.make === null) allowed.add(null);
        const invented = seen
          .map(({ metrics }) => metrics[id]?.value ?? null)
          .filter((each) => !allowed.has(each));
        assert.deepEqual(invented, [], file);
      }
    });
  }

  it("the same process has served all of it, and no emission has failed", async () => {
    const headers = { Authorization: `Bearer ${token}` };
    const path = "/api/fusion/emitter/health";
    const { json } = await send({ port: serving.port, path, method: "GET", headers, body: "" });
    assert.equal(json.status, "active");
    assert.equal((json.metrics as { failedEmissions: number }).failedEmissions, 0);
    assert.ok(client.connected);
  });
});

/** An error names the file first, then the line where it is known. */
function isError(error: string | null | undefined, file: string, reason: RegExp): boolean {
  return (error ?? "").startsWith(file) && reason.test(error ?? "");
}
