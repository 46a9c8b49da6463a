import { type ParseArgsConfig, parseArgs } from "node:util";
import { SCOPES, type Scope } from "../protocol/events.js";
import {
  DEFAULT_INTERVAL_MINUTES,
  isInterval,
  MAX_INTERVAL_MINUTES,
  MIN_INTERVAL_MINUTES,
} from "../protocol/interval.js";
import type { Authentication } from "../server/fusionServer.js";
import { tokenName } from "../server/tokenLedger.js";
import { usageError } from "./commandError.js";
import { readDuration } from "./duration.js";

const COMMANDS = ["serve", "token", "tokens"] as const;
export type Command = (typeof COMMANDS)[number];

export interface ServeArguments {
  readonly kind: "serve";
  /** As typed. */
  readonly folder: string;
  /** 0 for any. */
  readonly port: number;
  /** 3 to 10. */
  readonly intervalMinutes: number;
  readonly authentication: Authentication;
  /** Origins of web pages that may connect, beside those that may in any case. */
  readonly allowedOrigins: readonly string[];
}

export interface NewTokenArguments {
  readonly kind: "newToken";
  /** As typed. */
  readonly folder: string;
  /** What it is called in the list. */
  readonly name: string;
  readonly scope: Scope;
  /** Ids of the metrics that the holder may see; `null` for all. */
  readonly metrics: readonly string[] | null;
  /** Seconds from now, above 0. */
  readonly expiresIn: number;
}

export interface RevokeArguments {
  readonly kind: "revoke";
  /** As typed. */
  readonly folder: string;
  readonly revoked: "all" | { readonly nameOrId: string };
}

export interface TokensArguments {
  readonly kind: "tokens";
  /** As typed. */
  readonly folder: string;
}

type Arguments =
  | ServeArguments
  | NewTokenArguments
  | RevokeArguments
  | TokensArguments
  | { readonly kind: "help"; readonly command: Command | null }
  | { readonly kind: "version" };

export const DEFAULT_PORT = 4_000;
export const DEFAULT_EXPIRY = "30d";
export const DEFAULT_NAME = "Command line";
const MAX_PORT = 65_535;

const AUTHENTICATIONS = ["token", "none"] as const satisfies readonly Authentication[];

/**
 * What the command line asks for.
 * @param args without Node.js and the script
 * @throws CommandError with exit code 2 where it makes no sense
 */
export function readArguments(args: readonly string[]): Arguments {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h") return { kind: "help", command: null };
  if (name === "--version") return { kind: "version" };
  if (name === "help") {
    return { kind: "help", command: rest[0] === undefined ? null : readCommand(rest[0]) };
  }
  if (name === undefined) throw usageError(`A command is missing: ${COMMANDS.join(", ")}.`, null);
  return READERS[readCommand(name)](rest);
}

function readCommand(name: string): Command {
  return oneOf(COMMANDS, name, () =>
    usageError(`There is no command "${name}", only ${COMMANDS.join(", ")}.`, null),
  );
}

const READERS: Readonly<Record<Command, (args: string[]) => Arguments>> = {
  serve: readServe,
  token: readToken,
  tokens: readTokens,
};

function readServe(args: string[]): Arguments {
  const { values, positionals } = parsed("serve", args, {
    port: { type: "string" },
    interval: { type: "string" },
    auth: { type: "string" },
    "allow-origin": { type: "string", multiple: true },
  });
  if (values.help) return { kind: "help", command: "serve" };
  return {
    kind: "serve",
    folder: onlyFolder("serve", positionals),
    port: readPort(values.port),
    intervalMinutes: readInterval(values.interval),
    authentication: oneOf(AUTHENTICATIONS, values.auth ?? "token", (auth) =>
      usageError(`--auth is token or none, not "${auth}".`, "serve"),
    ),
    allowedOrigins: (values["allow-origin"] ?? []).map(readOrigin),
  };
}

function readToken(args: string[]): Arguments {
  const { values, positionals } = parsed("token", args, {
    name: { type: "string" },
    scope: { type: "string" },
    metrics: { type: "string" },
    expires: { type: "string" },
    revoke: { type: "string" },
    "revoke-all": { type: "boolean" },
  });
  if (values.help) return { kind: "help", command: "token" };
  const { name, scope, metrics, expires, revoke, "revoke-all": revokeAll } = values;
  const folder = onlyFolder("token", positionals);
  if (revoke === undefined && !revokeAll) {
    return {
      kind: "newToken",
      folder,
      name: readName(name ?? DEFAULT_NAME),
      scope: oneOf(SCOPES, scope ?? "read", (text) =>
        usageError(`--scope is ${SCOPES.join(", ")}, not "${text}".`, "token"),
      ),
      metrics: metrics === undefined ? null : readMetrics(metrics),
      expiresIn: readExpiry(expires ?? DEFAULT_EXPIRY),
    };
  }
  if ([name, scope, metrics, expires].some((value) => value !== undefined)) {
    throw usageError("Tokens are either made or revoked, not both at once.", "token");
  }
  if (revoke !== undefined && revokeAll)
    throw usageError("--revoke and --revoke-all exclude each other.", "token");
  if (revoke === "") throw usageError("--revoke needs the name or the id of a token.", "token");
  return { kind: "revoke", folder, revoked: revoke === undefined ? "all" : { nameOrId: revoke } };
}

function readTokens(args: string[]): Arguments {
  const { values, positionals } = parsed("tokens", args, {});
  if (values.help) return { kind: "help", command: "tokens" };
  return { kind: "tokens", folder: onlyFolder("tokens", positionals) };
}

function readName(text: string): string {
  const name = tokenName(text);
  if (name === null) throw usageError("--name is a text of up to 100 characters on one line.", "token");
  return name;
}

function readExpiry(text: string): number {
  const seconds = readDuration(text);
  if (seconds !== null) return seconds;
  throw usageError(
    `--expires is a time such as 90s, 30m, 12h, 30d or 8w, up to ten years, not "${text}".`,
    "token",
  );
}

function parsed<T extends NonNullable<ParseArgsConfig["options"]>>(
  command: Command,
  args: string[],
  options: T,
) {
  const help = { type: "boolean", short: "h", default: false } as const;
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...options, help } });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error), command);
  }
}

function onlyFolder(command: Command, positionals: readonly string[]): string {
  const [folder, second] = positionals;
  if (folder === undefined || folder === "") throw usageError("A folder is missing.", command);
  if (second !== undefined) {
    throw usageError(`One folder at a time: "${second}" is one too many. Quote a name with spaces.`, command);
  }
  return folder;
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw usageError(`--port is a whole number from 0 (any) to ${MAX_PORT}, not "${text}".`, "serve");
}

function readOrigin(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text) return text;
  throw usageError(
    `--allow-origin is the address of a page without its path, such as http://localhost:5173, not "${text}".`,
    "serve",
  );
}

function readInterval(text: string | undefined): number {
  const minutes =
    text === undefined ? DEFAULT_INTERVAL_MINUTES : /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  if (isInterval(minutes)) return minutes;
  throw usageError(
    `--interval is a number of minutes from ${MIN_INTERVAL_MINUTES} to ${MAX_INTERVAL_MINUTES}, not "${text}".`,
    "serve",
  );
}

function readMetrics(text: string): readonly string[] {
  const ids = text.split(",").map((id) => id.trim());
  // An empty list would make a token that sees nothing.
  if (ids.includes("")) throw usageError("--metrics is a list of ids such as revenue,memos.", "token");
  return [...new Set(ids)];
}

function oneOf<T extends string>(known: readonly T[], text: string, otherwise: (text: string) => Error): T {
  const found = known.find((item) => item === text);
  if (found === undefined) throw otherwise(text);
  return found;
}
