import { type ChildProcess, execFile, spawn } from "node:child_process";
import { resolve } from "node:path";
import { TemporaryFolder } from "./temporaryFolder.js";
import { waitFor } from "./waitFor.js";

const BIN = resolve("dist/cli.js");

export interface Ending {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** The built command `fusion-stream`, with a state folder and a data folder of its own. */
export class Cli {
  readonly state = new TemporaryFolder();
  private readonly running: ServingCli[] = [];

  /**
   * @param more added to the environment
   * @param launcher a program and its arguments that start the server for us
   * @param folder whose data is served; gone with the rest
   */
  constructor(
    private readonly more: NodeJS.ProcessEnv = {},
    private readonly launcher: readonly string[] = [],
    readonly folder: TemporaryFolder = new TemporaryFolder(),
  ) {}

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, FUSION_STATE_DIR: this.state.path, ...this.more };
  }

  /** Runs a command that ends by itself. */
  run(...args: string[]): Promise<Ending> {
    return new Promise((done) => {
      execFile(process.execPath, [BIN, ...args], { env: this.env }, (error, stdout, stderr) => {
        done({ code: error?.code ?? 0, stdout, stderr });
      });
    });
  }

  /** A token for the folder, without its line end. */
  async token(...options: string[]): Promise<string> {
    return (await this.run("token", this.folder.path, ...options)).stdout.trim();
  }

  /** Starts to serve the folder on any free port, and waits for the address. */
  async serve(...options: string[]): Promise<ServingCli> {
    const serving = this.start(...options);
    await waitFor(() => serving.url, { message: "the address", interval: 5 });
    return serving;
  }

  /** Starts to serve as `serve` does, and waits for nothing. */
  start(...options: string[]): ServingCli {
    const args = options.includes("--port") ? options : [...options, "--port", "0"];
    const [program, ...rest] = [...this.launcher, process.execPath, BIN, "serve", this.folder.path, ...args];
    const child = spawn(program as string, rest, { env: this.env });
    const serving = new ServingCli(child);
    this.running.push(serving);
    return serving;
  }

  async dispose(): Promise<void> {
    for (const serving of this.running.splice(0)) await serving.kill();
    this.state.dispose();
    this.folder.dispose();
  }
}

/** A `fusion-stream serve` under way. */
export class ServingCli {
  stdout = "";
  /** Settles when the process is over: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.ended = new Promise((done) => child.once("exit", (code, signal) => done(code ?? signal)));
  }

  /** The first whole line that begins with "http://"; "" before it came. */
  get url(): string {
    return /^(http:\/\/.*)\n/m.exec(this.stdout)?.[1] ?? "";
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  closeStdout(): void {
    this.child.stdout?.destroy();
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await this.ended;
  }
}
