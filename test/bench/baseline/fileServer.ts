/**
 * The stream as one would write it in an afternoon: `node:http` and `socket.io`, and every file read and parsed whenever
 * somebody asks. `node out/test/bench/baseline/fileServer.js <folder>` prints its address.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Server } from "socket.io";

const folder = process.argv[2] ?? ".";

async function collect() {
  const read = (file: string) => readFile(join(folder, file), "utf8");
  const [index, revenue, recommendations, log] = await Promise.all([
    read("memo_index.json").then(JSON.parse),
    read("revenue_snapshot.json").then(JSON.parse),
    read("ERIC_recommendations.json").then(JSON.parse),
    read("drive_sync.log"),
  ]);
  return {
    timestamp: new Date().toISOString(),
    memos: index.totalMemos ?? index.memos?.length ?? null,
    revenue: revenue.mrr ?? null,
    driveSync: /\b(OK|WARN|ERROR|SYNCING)\b/.exec(log.trim().split("\n").at(-1) ?? "")?.[0] ?? null,
    recommendations: recommendations.recommendations ?? recommendations,
  };
}

const http = createServer(async (req, res) => {
  if (req.url !== "/api/fusion/stream") {
    res.writeHead(404).end();
    return;
  }
  const body = JSON.stringify({ ok: true, data: await collect() });
  res.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  res.end(body);
});
const io = new Server(http);
io.on("connection", async (socket) => socket.emit("fusionUpdate", await collect()));

http.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
