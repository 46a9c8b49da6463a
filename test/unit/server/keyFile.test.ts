import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { stateFolder } from "../../../src/core/stateFolder.js";
import { readKey } from "../../../src/server/keyFile.js";
import { Cli } from "../../support/cli.js";

describe("The key file", () => {
  let cli: Cli;

  beforeEach(() => {
    cli = new Cli();
  });

  afterEach(() => cli.dispose());

  const keys = (): string => cli.state.resolve("keys");
  const onlyFile = (): string => {
    const files = readdirSync(keys());
    assert.equal(files.length, 1);
    return join(keys(), String(files[0]));
  };

  it("is made once a folder", async () => {
    const first = await readKey(cli.state.path, "/a");
    assert.equal(first.length, 32);
    assert.deepEqual(await readKey(cli.state.path, "/a"), first);
    assert.match(onlyFile(), /[0-9a-f]{64}$/);
    assert.notDeepEqual(await readKey(cli.state.path, "/b"), first);
  });

  it("is the same for all that make it at once", async () => {
    const made = await Promise.all(Array.from({ length: 32 }, () => readKey(cli.state.path, "/a")));
    for (const key of made) assert.deepEqual(Buffer.from(key), readFileSync(onlyFile()));
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
    await readKey(cli.state.path, "/a");
    assert.equal(statSync(keys()).mode & 0o777, 0o700);
  });

  it("is refused where others can read it", async () => {
    await cli.token();
    for (const mode of [0o604, 0o640, 0o620, 0o666]) {
      chmodSync(onlyFile(), mode);
      await assert.rejects(readKey(cli.state.path, realpathSync(cli.folder.path)), /Others can read the key/);
    }
    for (const command of ["token", "serve"]) {
      const refused = await cli.run(command, cli.folder.path);
      assert.equal(refused.code, 1);
      assert.equal(refused.stdout, "");
      assert.match(refused.stderr, /Others can read the key .+ Delete it/);
    }
    rmSync(onlyFile());
    assert.equal((await cli.run("token", cli.folder.path)).code, 0);
  });

  it("is refused where it is damaged, or something else stands in its place", async () => {
    await readKey(cli.state.path, "/a");
    const file = onlyFile();
    for (const content of ["", "short", "x".repeat(33)]) {
      writeFileSync(file, content);
      await assert.rejects(readKey(cli.state.path, "/a"), /is damaged/);
    }
    cli.state.remove("keys");
    mkdirSync(file, { recursive: true });
    await assert.rejects(readKey(cli.state.path, "/a"), /must be a file/);
    cli.state.remove("keys");
    mkdirSync(keys());
    cli.state.write({ elsewhere: "x".repeat(32) });
    symlinkSync(cli.state.resolve("elsewhere"), file);
    await assert.rejects(readKey(cli.state.path, "/a"), /cannot be kept/);
    cli.state.remove("keys");
    symlinkSync(cli.folder.path, keys());
    await assert.rejects(readKey(cli.state.path, "/a"), /must be a folder/);
  });

  it("leaves no draft behind", async () => {
    await Promise.all([cli.token(), cli.token(), cli.token()]);
    assert.equal(statSync(onlyFile()).nlink, 1);
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
