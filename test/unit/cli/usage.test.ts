import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readArguments } from "../../../src/cli/arguments.js";
import { CommandError } from "../../../src/cli/commandError.js";
import { readDuration } from "../../../src/cli/duration.js";
import { ALLOWED_ORIGINS } from "../../../src/cli/ownStream.js";
import { Cli } from "../../support/cli.js";

const MANIFEST = JSON.parse(readFileSync("package.json", "utf8"));

const NO_ORIGINS = [
  "http://localhost:5173/",
  "localhost:5173",
  "*",
  "null",
  "",
  "ftp://a.example",
  "http://A.b",
];

const WRONG: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [[], /command is missing/],
  [["sevre", "."], /no command "sevre"/],
  [["--port", "1"], /no command "--port"/],
  [["serve"], /folder is missing/],
  [["serve", ""], /folder is missing/],
  [["serve", "my", "folder"], /"folder" is one too many/],
  [["serve", ".", "--nope"], /--nope/],
  [["serve", ".", "--port"], /--port/],
  [["serve", ".", "--port", "65536"], /0 \(any\) to 65535/],
  [["serve", ".", "--port", "4e3"], /not "4e3"/],
  [["serve", ".", "--port=-1"], /not "-1"/],
  [["serve", ".", "--interval", "2.9"], /3 to 10/],
  [["serve", ".", "--interval", "11"], /3 to 10/],
  [["serve", ".", "--interval", "NaN"], /not "NaN"/],
  [["serve", ".", "--interval", ""], /not ""/],
  [["serve", ".", "--auth", "maybe"], /token or none/],
  ...NO_ORIGINS.map((origin) => [["serve", ".", "--allow-origin", origin], /page without its path/] as const),
  // There is no other address than the loopback one to be had.
  [["serve", ".", "--host", "0.0.0.0"], /--host/],
  [["serve", ".", "--bind", "::"], /--bind/],
  [["serve", ".", "--scope", "read"], /--scope/],
  [["token", ".", "--scope", "admin"], /read, refresh, control/],
  [["token", ".", "--metrics", ""], /list of ids/],
  [["token", ".", "--metrics", "revenue,,memos"], /list of ids/],
  [["token", ".", "--expires", "30"], /30d/],
  [["token", ".", "--expires", "0d"], /30d/],
  [["token", ".", "--expires", "99999d"], /ten years/],
  [["token", ".", "--name", " "], /--name is a text/],
  [["token", ".", "--name", "a\u001b[2Jb"], /--name is a text/],
  [["token", ".", "--revoke", ""], /name or the id/],
  [["token", ".", "--revoke"], /--revoke/],
  [["token", ".", "--revoke", "CI", "--revoke-all"], /exclude/],
  [["token", ".", "--revoke", "CI", "--scope", "read"], /not both/],
  [["tokens"], /folder is missing/],
  [["tokens", ".", "--scope", "read"], /--scope/],
];

describe("fusion-stream's arguments", () => {
  it("have defaults", () => {
    assert.deepEqual(readArguments(["serve", "f"]), {
      kind: "serve",
      folder: "f",
      port: 4_000,
      intervalMinutes: 5,
      authentication: "token",
      allowedOrigins: [],
    });
    assert.deepEqual(readArguments(["token", "f"]), {
      kind: "newToken",
      folder: "f",
      name: "Command line",
      scope: "read",
      metrics: null,
      expiresIn: 30 * 86_400,
    });
  });

  it("are taken in any order", () => {
    const origins = ["--allow-origin", "http://localhost:5173", "--allow-origin=https://team.example"];
    assert.deepEqual(
      readArguments(["serve", "--port=0", "--auth", "none", "f", "--interval", "7.5", ...origins]),
      {
        kind: "serve",
        folder: "f",
        port: 0,
        intervalMinutes: 7.5,
        authentication: "none",
        allowedOrigins: ["http://localhost:5173", "https://team.example"],
      },
    );
    assert.deepEqual(
      readArguments(["token", "--metrics", "a, b,a", "f", "--scope=control", "--expires", "90s"]),
      {
        ...{ kind: "newToken", folder: "f", name: "Command line" },
        ...{ scope: "control", metrics: ["a", "b"], expiresIn: 90 },
      },
    );
    assert.deepEqual(readArguments(["token", "--revoke", "CI", "f"]), {
      kind: "revoke",
      folder: "f",
      revoked: { nameOrId: "CI" },
    });
    assert.deepEqual(readArguments(["token", "f", "--revoke-all"]), {
      kind: "revoke",
      folder: "f",
      revoked: "all",
    });
    assert.deepEqual(readArguments(["tokens", "f"]), { kind: "tokens", folder: "f" });
  });

  it("are refused where they make no sense, each for its reason", () => {
    for (const [args, message] of WRONG) {
      assert.throws(
        () => readArguments(args),
        (error) => error instanceof CommandError && error.exitCode === 2 && message.test(error.message),
        args.join(" "),
      );
    }
  });

  it("know times", () => {
    assert.deepEqual(
      ["90s", "30m", "12h", "30d", "8w"].map(readDuration),
      [90, 1_800, 43_200, 2_592_000, 4_838_400],
    );
    for (const text of ["", "d", "-1d", "1.5h", "1 d", "1y", "1D", "0s", `${"9".repeat(400)}s`]) {
      assert.equal(readDuration(text), null, text);
    }
  });

  it("let the same pages in as the extension's default setting", () => {
    const { properties } = MANIFEST.contributes.configuration;
    assert.deepEqual(ALLOWED_ORIGINS, properties["fusion.server.allowedOrigins"].default);
    assert.equal(properties["fusion.server.port"].default, 4_000);
  });
});

describe("The command fusion-stream", () => {
  const cli = new Cli();

  after(() => cli.dispose());

  it("exits with 2 and says what is wrong on standard error alone", async () => {
    for (const args of [[], ["serve"], ["serve", ".", "--interval", "2"]]) {
      const { code, stdout, stderr } = await cli.run(...args);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^fusion-stream: .+\nRun "fusion-stream( serve)? --help"/);
    }
  });

  it("teaches itself", async () => {
    const pages: [string[], RegExp[]][] = [
      [["--help"], [/serve <folder>/, /token <folder>/, /tokens <folder>/, /Example/, /Exit codes/]],
      [["help"], [/Usage/]],
      [
        ["serve", "--help"],
        [/--port/, /--interval/, /--auth token\|none/, /GITHUB_TOKEN/, /GITHUB_API_URL/, /Examples/],
      ],
      [["help", "serve"], [/--port/]],
      [
        ["token", "-h"],
        [/--name/, /--scope/, /--metrics/, /--expires/, /--revoke /, /--revoke-all/, /Examples/],
      ],
      [
        ["tokens", "--help"],
        [/Usage/, /tokens \./],
      ],
    ];
    for (const [args, parts] of pages) {
      const { code, stdout, stderr } = await cli.run(...args);
      assert.equal(code, 0);
      assert.equal(stderr, "");
      for (const part of parts) assert.match(stdout, part);
      for (const line of stdout.split("\n")) assert.ok(line.length <= 110, line);
    }
  });

  it("tells its version", async () => {
    assert.equal((await cli.run("--version")).stdout, `${MANIFEST.version}\n`);
  });

  it("is what the package's bin names", () => {
    assert.deepEqual(MANIFEST.bin, { "fusion-stream": "./dist/cli.js" });
    assert.match(readFileSync("dist/cli.js", "utf8"), /^#!\/usr\/bin\/env node\n/);
  });
});
