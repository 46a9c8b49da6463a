/** What an answer over HTTP costs the server, beside bare `node:http` that holds the same bytes. */
import { Agent, request } from "node:http";
import type { HeldBuffer } from "../baseline/heldBuffer.js";
import type { FusionServerProcess } from "../processes/fusionServer.js";
import { benchmark } from "../support/benchmark.js";
import { compare } from "../support/compare.js";
import { type Metered, Remote } from "../support/remote.js";

const CONNECTIONS = 16;
const REQUESTS = 2_000;
const ROUNDS = 12;
/** Each may ask 1,000 times a second. */
const TOKENS = 64;

interface Target {
  readonly port: number;
  readonly tokens: readonly string[];
}

/** One client's connections to one server. */
class Load {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  private sent = 0;

  constructor(private readonly target: Target) {}

  /** Sends so many requests, as fast as the connections take them; gives the last answer. */
  async send(count: number): Promise<string> {
    let left = count;
    let last = "";
    const connection = async () => {
      while (left-- > 0) last = await this.ask();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    return last;
  }

  private ask(): Promise<string> {
    const { port, tokens } = this.target;
    const token = tokens[this.sent++ % tokens.length];
    const headers = { Authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/api/fusion/stream", agent: this.agent, headers }, (res) => {
        if (res.statusCode !== 200) reject(new Error(`answered with ${res.statusCode}`));
        const chunks: Buffer[] = [];
        res.on("data", (chunk) => chunks.push(chunk));
        res.on("end", () => resolve(Buffer.concat(chunks).toString()));
      })
        .on("error", reject)
        .end();
    });
  }
}

async function measure(): Promise<void> {
  const fusion = new Remote<FusionServerProcess>("processes/fusionServer");
  const bare = new Remote<HeldBuffer>("baseline/heldBuffer");
  try {
    const target = await fusion.ask("start", { bytes: 2_000, maxClients: 10, tokens: TOKENS });
    const fusionLoad = new Load(target);
    const body = await fusionLoad.send(1);
    const bareLoad = new Load({ ...target, ...(await bare.ask("start", body)) });
    const cost = async (load: Load, server: Metered) => {
      const before = await server.ask("cpuMs");
      await load.send(REQUESTS);
      return (((await server.ask("cpuMs")) - before) / REQUESTS) * 1_000;
    };
    await compare(
      { name: "GET /api/fusion/stream: CPU against bare node:http", unit: "µs", bound: 1.5, rounds: ROUNDS },
      () => cost(fusionLoad, fusion),
      () => cost(bareLoad, bare),
    );
  } finally {
    await bare.stop();
    await fusion.stop();
  }
}

benchmark({ "GET /api/fusion/stream": measure });
