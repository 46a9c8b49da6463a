import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { stateFolder } from "../../../src/core/stateFolder.js";
import { PrivateText } from "../../../src/server/privateText.js";
import { Cli } from "../../support/cli.js";
import { waitFor } from "../../support/waitFor.js";

const withOneMore = (kept: string | null) => String(Number(kept ?? 0) + 1);

describe("A private text", () => {
  let cli: Cli;

  beforeEach(() => {
    cli = new Cli();
  });

  afterEach(() => cli.dispose());

  const keys = (): string => cli.state.resolve("keys");
  const text = (name = "a") => new PrivateText(keys(), name);
  const onlyFile = (): string => {
    const files = readdirSync(keys());
    assert.equal(files.length, 1, files.join());
    return join(keys(), String(files[0]));
  };

  it("is what was written last, each name for itself", async () => {
    assert.equal(await text().read(), null);
    await text().update(() => "one");
    await text().update((kept) => `${kept} two`);
    assert.equal(await text().read(), "one two");
    assert.equal(await text("a.b").read(), null);
    onlyFile();
  });

  it("loses no change of many that are made at once", async () => {
    const writers = Array.from({ length: 8 }, () => text());
    await Promise.all(writers.flatMap((one) => [1, 2, 3, 4].map(() => one.update(withOneMore))));
    assert.equal(await text().read(), "32");
    assert.equal(statSync(onlyFile()).nlink, 1, "no draft is left");
  });

  it("tells of a change by another writer", async () => {
    await text().update(withOneMore);
    let told = 0;
    const subscription = text().onChange(() => told++);
    try {
      await text().update(withOneMore);
      await waitFor(() => told > 0);
    } finally {
      subscription.dispose();
    }
  });

  it("tells of a change in a folder that took the place of the one before", async () => {
    await text().update(withOneMore);
    let told = 0;
    const subscription = text().onChange(() => told++);
    try {
      for (const take of [
        () => rmSync(keys(), { recursive: true }),
        () => renameSync(keys(), cli.state.resolve("old")),
      ]) {
        const before = told;
        take();
        await waitFor(() => told > before);
        const after = told;
        await text().update(withOneMore);
        await waitFor(() => told > after, { message: "a change in the new folder" });
      }
    } finally {
      subscription.dispose();
    }
  });

  for (const umask of ["000", "022", "777"]) {
    it(`is for this account alone under the umask ${umask}`, async () => {
      const command = `umask ${umask} && "$0" "$1" token "$2"`;
      const args = ["-c", command, process.execPath, resolve("dist/cli.js"), cli.folder.path];
      const state = cli.state.resolve("state");
      mkdirSync(state);
      const { stdout } = await promisify(execFile)("/bin/sh", args, {
        env: { ...process.env, FUSION_STATE_DIR: state },
      });
      assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const folder = join(state, "keys");
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(join(folder, String(readdirSync(folder)[0]))).mode & 0o777, 0o600);
    });
  }

  it("closes a folder that stood open", async () => {
    mkdirSync(keys());
    chmodSync(keys(), 0o755);
    await text().read();
    assert.equal(statSync(keys()).mode & 0o777, 0o700);
  });

  it("is refused where others can read it", async () => {
    await cli.token();
    const file = onlyFile();
    for (const mode of [0o604, 0o640, 0o620, 0o666]) {
      chmodSync(file, mode);
      for (const command of ["token", "tokens", "serve"]) {
        const refused = await cli.run(command, cli.folder.path);
        assert.equal(refused.code, 1);
        assert.equal(refused.stdout, "");
        assert.match(refused.stderr, /Others can read .+ Delete it/);
      }
    }
    rmSync(file);
    assert.equal((await cli.run("token", cli.folder.path)).code, 0);
  });

  it("is refused where something else stands in its place", async () => {
    mkdirSync(join(keys(), "a.1"), { recursive: true });
    await assert.rejects(text().read(), /must be a file/);
    cli.state.remove("keys");
    mkdirSync(keys());
    cli.state.write({ elsewhere: "x" });
    symlinkSync(cli.state.resolve("elsewhere"), join(keys(), "a.1"));
    await assert.rejects(text().read(), /cannot be kept/);
    cli.state.remove("keys");
    symlinkSync(cli.folder.path, keys());
    await assert.rejects(text().read(), /must be a folder/);
  });

  it("takes no other file for its own", async () => {
    mkdirSync(keys());
    for (const name of ["a", "a.0", "a.1x", "a.1.0a0b", "a.-1", "ab.7"])
      writeFileSync(join(keys(), name), "");
    assert.equal(await text().read(), null);
  });
});

describe("The state folder", () => {
  it("follows the system's custom", () => {
    const home = homedir();
    const cases: [NodeJS.ProcessEnv, NodeJS.Platform, string][] = [
      [{}, "linux", join(home, ".local/state/fusion-data-stream")],
      [{ XDG_STATE_HOME: "/state" }, "linux", "/state/fusion-data-stream"],
      [{ XDG_STATE_HOME: "relative" }, "linux", join(home, ".local/state/fusion-data-stream")],
      [{ XDG_STATE_HOME: "/state" }, "darwin", join(home, "Library/Application Support/fusion-data-stream")],
      [{ LOCALAPPDATA: "/local" }, "win32", "/local/fusion-data-stream"],
      [{ FUSION_STATE_DIR: "/own" }, "win32", "/own"],
    ];
    for (const [env, platform, expected] of cases) assert.equal(stateFolder(env, platform), expected);
  });
});
