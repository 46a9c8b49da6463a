import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

const WINDOWS = process.platform === "win32";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */
/** @typedef {{ code: number | null; timedOut: boolean }} Ending */

/** @type {Set<ChildProcess>} */
const running = new Set();

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

function killAll() {
  for (const child of running) signalGroup(child, "SIGKILL");
}

/** @param {(typeof SIGNALS)[number]} signal */
function stopAll(signal) {
  void Promise.all([...running].map((child) => stopGroup(child))).then(() =>
    process.exit(128 + constants.signals[signal]),
  );
}

/**
 * However this process ends, it leaves nothing running behind. It listens only while something runs: each test file is
 * bundled with a copy of this module, and all of them together would be more listeners than Node takes for sound.
 * @param {ChildProcess} child
 */
function watch(child) {
  if (running.size === 0) {
    process.on("exit", killAll);
    for (const signal of SIGNALS) process.on(signal, stopAll);
  }
  running.add(child);
}

/** @param {ChildProcess} child */
function forget(child) {
  running.delete(child);
  if (running.size > 0) return;
  process.off("exit", killAll);
  for (const signal of SIGNALS) process.off(signal, stopAll);
}

/**
 * Starts a program in a process group of its own, so that it can be stopped with everything it starts.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { detached: !WINDOWS, windowsHide: true, ...options });
  watch(child);
  child.once("exit", () => forget(child));
  child.once("error", () => forget(child));
  return child;
}

/**
 * Stops a program and everything it started: asks first, then insists.
 * @param {ChildProcess} child
 * @param {number} [patience] milliseconds between asking and insisting
 */
export async function stopGroup(child, patience = 10_000) {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    signalGroup(child, "SIGTERM");
    await Promise.race([exited, delay(patience, undefined, { ref: false })]);
  }
  signalGroup(child, "SIGKILL");
}

/**
 * Runs a program to its end, within a time limit.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { limit: number }} options `limit` in milliseconds
 * @returns {Promise<Ending>}
 */
export async function run(command, args, { limit, ...options }) {
  const child = startGroup(command, args, { stdio: "inherit", ...options });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    // It may have groups of its own to stop first.
    void stopGroup(child, 20_000);
  }, limit);
  try {
    const [code] = await once(child, "close");
    return { code: timedOut ? null : code, timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What a program prints, or nothing if it cannot be run, fails or takes too long.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { limit?: number }} [options]
 * @returns {Promise<string | undefined>}
 */
export async function output(command, args, { limit = 15_000, ...options } = {}) {
  let text = "";
  const child = startGroup(command, args, { ...options, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  const timer = setTimeout(() => void stopGroup(child, 1000), limit);
  try {
    const [code] = await once(child, "close");
    return code === 0 ? text : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (WINDOWS) spawn("taskkill", ["/T", "/F", "/PID", String(child.pid)], { stdio: "ignore" });
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
