import type { ListedToken } from "../server/tokenRegister.js";
import type { TokensArguments } from "./arguments.js";
import { withTokens } from "./folderTokens.js";
import { servedFolder } from "./servedFolder.js";

const HEAD = ["NAME", "ID", "SCOPE", "METRICS", "MADE", "EXPIRES", "LAST USED"];

/**
 * Prints a folder's tokens as a table, the newest first: all about them but what would let anybody in.
 * @throws CommandError where there is no such folder, or its tokens cannot be read
 */
export async function listTokens({ folder }: TokensArguments): Promise<void> {
  const tokens = await withTokens(servedFolder(folder), (register) => register.list());
  const rows = tokens.map(rowOf);
  process.stdout.write(rows.length === 0 ? "There are no tokens.\n" : table([HEAD, ...rows]));
}

function rowOf({ name, id, scope, metrics, ...times }: ListedToken): string[] {
  const { madeAt, expiresAt, lastUsedAt, revokedAt } = times;
  return [
    name,
    id,
    scope,
    metrics === null ? "all" : metrics.join(","),
    timeText(madeAt),
    revokedAt === null ? timeText(expiresAt) : "revoked",
    lastUsedAt === null ? "never" : timeText(lastUsedAt),
  ];
}

/** Local time, to the minute. */
function timeText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "));
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}
