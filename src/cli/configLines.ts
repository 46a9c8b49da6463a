import { CONFIG_FILE } from "../core/config/configFile.js";
import type { ConfigProblem } from "../core/config/configProblem.js";

/** What is wrong in `fusion.json`, one line each, with the place as compilers write it. */
export function configLines(problems: readonly ConfigProblem[]): string[] {
  return problems.map(({ severity, line, column, message }) => {
    const mark = severity === "error" ? "❌" : "⚠️";
    return `${mark} ${CONFIG_FILE}:${line}:${column}: ${message}`;
  });
}
