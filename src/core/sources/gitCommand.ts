import type { ChildProcess, ChildProcessByStdio, spawn as Spawn } from "node:child_process";
import { devNull } from "node:os";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { SourceError } from "./sourceError.js";

export interface GitResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command must end within this time (ms). */
const DEADLINE_MS = 5_000;
/** Where nothing else is said: a number or a sentence. */
const MAX_OUTPUT_BYTES = 64 * 1_024;

/** A repository's own configuration can name programs for git to start: none of these keys keeps its value. */
const NEUTRAL_CONFIGURATION = [
  "core.fsmonitor=false",
  `core.hooksPath=${devNull}`,
  "core.pager=cat",
  "core.editor=false",
  "core.askPass=false",
  "core.sshCommand=false",
  "core.gitProxy=false",
  "core.alternateRefsCommand=false",
  "credential.helper=",
  "diff.external=",
  "gpg.program=false",
  "log.showSignature=false",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
  "maintenance.auto=false",
  "gc.auto=0",
].flatMap((setting) => ["-c", setting]);

/** Those under way: none may outlive what asked for it. */
const running = new Set<ChildProcess>();

/** Ends every git command under way; what waits for one is told that it failed. */
export function endGit(): void {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * Runs one git command that only reads, in the repository that contains a folder, so that nothing which the repository
 * says can start a program, go to the network, or change a file.
 * @param folder absolute path
 * @param maxBytes of what git prints
 * @throws SourceError where git is missing, takes longer than 5 s or prints too much; the signal's reason once it aborts
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
  maxBytes = MAX_OUTPUT_BYTES,
): Promise<GitResult> {
  // Most folders that are followed are no repository, and every start would wait for it.
  const { spawn } = await import("node:child_process");
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = startGit(spawn, ["--no-pager", ...NEUTRAL_CONFIGURATION, "-C", folder, ...args]);
    const output = { stdout: "", stderr: "" };
    let bytes = 0;
    const onAbort = () => fail(signal?.reason);
    const deadline = setTimeout(() => {
      fail(new SourceError("git took longer than 5 seconds. It is tried again.", null, true));
    }, DEADLINE_MS);
    const end = () => {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", onAbort);
    };
    const fail = (error: unknown) => {
      end();
      child.kill("SIGKILL");
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(error);
    };
    const collect = (name: "stdout" | "stderr") => (text: string) => {
      bytes += Buffer.byteLength(text);
      if (bytes > maxBytes) fail(new SourceError("git printed more than it should.", null, true));
      else output[name] += text;
    };
    child.once("error", (error: NodeJS.ErrnoException) => fail(startError(error)));
    signal?.addEventListener("abort", onAbort, { once: true });
    // Where no file handle is left, Node gives the child no streams, and the error comes later.
    if (!child.stdout) return;
    child.stdout.setEncoding("utf8").on("data", collect("stdout"));
    child.stderr.setEncoding("utf8").on("data", collect("stderr"));
    child.once("close", (exitCode) => {
      end();
      resolve({ exitCode, ...output });
    });
  });
}

function startGit(
  spawn: typeof Spawn,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn("git", args, {
    // Windows looks for a program in the working directory first, which must not be the workspace.
    cwd: dirname(process.execPath),
    env: neutralEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    windowsHide: true,
  });
  if (running.size === 0) process.on("exit", endGit);
  running.add(child);
  const forget = () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", endGit);
  };
  child.once("exit", forget).once("error", forget);
  return child;
}

/** This process's environment without what steers git, and with what keeps it quiet. */
function neutralEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(GIT_|LC_|LANG)/i.test(name));
  return {
    ...Object.fromEntries(own),
    // What git says is read here, in English.
    LC_ALL: "C",
    // None: the repository's own `protocol.<name>.allow` would go before any `protocol.allow`.
    GIT_ALLOW_PROTOCOL: "",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
}

function startError({ code }: NodeJS.ErrnoException): SourceError {
  return code === "ENOENT"
    ? new SourceError("git was not found. Install git, and see that it is on the PATH.", null, true)
    : new SourceError(`git could not be started (${code}). It is tried again.`, null, true);
}
