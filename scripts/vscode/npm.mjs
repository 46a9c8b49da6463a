import { run } from "./childProcess.mjs";

const MINUTES = 60_000;

/** Installs packages into the folder it runs in, and nothing else. */
export const INSTALL = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Runs npm, the one that started this process where there is one.
 * @param {string[]} args
 * @param {{ cwd?: string; limit?: number; quiet?: boolean }} [options]
 */
export async function npm(args, { cwd = process.cwd(), limit = 10 * MINUTES, quiet = false } = {}) {
  const ending = await npmRun(args, { cwd, limit, quiet });
  if (ending.code === 0) return;
  const reason = ending.timedOut
    ? `took longer than ${limit / MINUTES} minutes`
    : `ended with ${ending.code}`;
  throw new Error(`npm ${args.join(" ")} ${reason}`);
}

/**
 * Like {@link npm}, for a caller who wants to know how it ended.
 * @param {string[]} args
 * @param {{ cwd: string; limit: number; quiet: boolean }} options
 */
export function npmRun(args, { cwd, limit, quiet }) {
  const cli = process.env.npm_execpath;
  /** @type {import("node:child_process").StdioOptions} */
  const stdio = quiet ? ["ignore", "ignore", "inherit"] : ["ignore", "inherit", "inherit"];
  if (cli?.endsWith("npm-cli.js")) return run(process.execPath, [cli, ...args], { cwd, limit, stdio });
  const shell = process.platform === "win32";
  return run("npm", args, { cwd, limit, stdio, shell });
}
