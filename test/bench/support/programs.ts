import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { join, resolve } from "node:path";

const BIN = resolve("dist/cli.js");

/** What a good answer may take (ms) to come. */
const LIMIT_MS = 15_000;

/** A server that runs as a program of its own and prints its address. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param args of Node.js; resolves when the address is printed */
  static async start(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Program> {
    // Node.js 20 parses the authorities that this names at every start, which takes longer than all else.
    const { NODE_EXTRA_CA_CERTS: _, ...own } = env;
    const child = spawn(process.execPath, args, { env: own, stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    const ended = once(child, "exit").then(() => {
      throw new Error(`${args[0]} ended before it listened`);
    });
    const listening = new Promise<string>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const [, url] = /^(http:\/\/.*)\n/m.exec(printed) ?? [];
        if (url) resolve(url);
      });
    });
    // Later it may end as it likes.
    ended.catch(() => undefined);
    return new Program(child, await Promise.race([listening, ended]));
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Asks for the snapshot until there is a good answer. */
  async answered(token: string): Promise<void> {
    const deadline = Date.now() + LIMIT_MS;
    while ((await statusOf(`${this.url}/api/fusion/stream`, token)) !== 200) {
      if (Date.now() > deadline) throw new Error(`${this.url} gave no good answer`);
    }
  }

  /** Bytes that the process holds. */
  get rss(): number {
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(this.child.pid)])) * 1024;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

function statusOf(url: string, token: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = token === "" ? {} : { Authorization: `Bearer ${token}` };
    const request = get(url, { agent: false, headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    request.once("error", reject);
  });
}

/** The product's command over a folder, with a state folder of its own. */
export class FusionCli {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly folder: string,
    private readonly state: string,
  ) {
    this.env = { ...process.env, FUSION_STATE_DIR: state };
  }

  /** Path of what the server keeps compiled for its next start. */
  get compiled(): string {
    return join(this.state, "compiled", "command.js.compiled");
  }

  token(): string {
    return execFileSync(process.execPath, [BIN, "token", this.folder], {
      env: this.env,
      encoding: "utf8",
    }).trim();
  }

  serve(): Promise<Program> {
    return Program.start([BIN, "serve", this.folder, "--port", "0"], this.env);
  }
}

/** The plain baseline over a folder. */
export function plainServer(folder: string): Promise<Program> {
  return Program.start([resolve("out/test/bench/baseline/fileServer.js"), folder]);
}
