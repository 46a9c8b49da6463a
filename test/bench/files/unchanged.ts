/** What a collection costs where no file changed, beside asking for the files' stamps alone. */
import { stat } from "node:fs/promises";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { benchmark } from "../support/benchmark.js";
import { compare, cpuCost, elapsed } from "../support/compare.js";
import { writeLargeIndex, writeLargeLog } from "../support/largeFiles.js";
import { settle } from "../support/settled.js";

const FILES = 300;
const BOUND = 2;

async function measure(label: string, large: boolean): Promise<void> {
  const folder = new TemporaryFolder();
  const files = writeFiles(folder, large);
  const source = folderSource(folder.path);
  try {
    await settle(
      source,
      files.map((_, index) => `m${index}`),
    );
    const paths = files.map((file) => folder.resolve(file));
    const stats = () => Promise.all(paths.map((path) => stat(path)));
    const collect = () => source.collect();
    const terms = { unit: "ms", bound: BOUND };
    await compare(
      { ...terms, name: `unchanged collection, ${label}: time against stat`, rounds: 41 },
      () => elapsed(collect),
      () => elapsed(stats),
    );
    await compare(
      { ...terms, name: `unchanged collection, ${label}: CPU against stat`, rounds: 11 },
      () => cpuCost(5, collect),
      () => cpuCost(5, stats),
    );
  } finally {
    source.dispose();
    folder.dispose();
  }
}

/** Writes the files and the `fusion.json` that names them; every fifth is a log. */
function writeFiles(folder: TemporaryFolder, large: boolean): string[] {
  const files = Array.from({ length: FILES }, (_, index) =>
    large && index < 2 ? ["large.json", "large.log"][index] : `f${index % 10}/${index}.${extension(index)}`,
  ) as string[];
  for (const file of files) {
    if (file === "large.json") writeLargeIndex(folder.resolve(file), 5);
    else if (file === "large.log") writeLargeLog(folder.resolve(file));
    else folder.write({ [file]: file.endsWith(".log") ? "level=error\n".repeat(20) : '{"totalMemos": 5}' });
  }
  const metrics = files.map((file, index) => [
    `m${index}`,
    file.endsWith(".log")
      ? { file, match: "level=error", aggregate: "count" }
      : { file, query: "totalMemos" },
  ]);
  folder.write({ "fusion.json": JSON.stringify({ metrics: Object.fromEntries(metrics) }) });
  return files;
}

function extension(index: number): string {
  return index % 5 === 0 ? "log" : "json";
}

benchmark({
  "unchanged collection, 300 small files": () => measure("300 small files", false),
  "unchanged collection, large files among 300": () => measure("large files among 300", true),
});
