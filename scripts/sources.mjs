import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Packs while the folder's manifest says where its sources are, and where bugs are told, as the marketplaces' pages show
 * it. Only a workflow knows that: the sources themselves name no place, which a copy of them would name as well.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @param {() => Promise<void>} pack
 */
export async function withSources(folder, { GITHUB_SERVER_URL, GITHUB_REPOSITORY }, pack) {
  if (!GITHUB_REPOSITORY) return await pack();
  const file = join(folder, "package.json");
  const original = readFileSync(file, "utf8");
  const address = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
  const sources = {
    repository: { type: "git", url: `${address}.git` },
    bugs: { url: `${address}/issues` },
  };
  writeFileSync(file, JSON.stringify({ ...JSON.parse(original), ...sources }));
  try {
    await pack();
  } finally {
    writeFileSync(file, original);
  }
}
