/** How long a new client waits for its first update, from the opening of its connection. */
import { io } from "socket.io-client";
import { benchmark } from "../support/benchmark.js";
import { compare, elapsed } from "../support/compare.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { plainServer } from "../support/programs.js";

const ROUNDS = 200;
const WARM_UP_ROUNDS = 50;

/** As the README tells programs to connect. */
const DOCUMENTED = { transports: ["websocket"] };
/** As the library does by itself: polling, and an upgrade later. */
const DEFAULT = {};

function firstUpdate(port: number, token: string, transport: { transports?: string[] }): Promise<void> {
  const socket = io(`http://127.0.0.1:${port}`, {
    forceNew: true,
    reconnection: false,
    auth: { token },
    ...transport,
  });
  return new Promise<void>((resolve, reject) => {
    socket.once("connect_error", reject);
    socket.once("fusionUpdate", () => resolve());
  }).finally(() => socket.disconnect());
}

benchmark({
  "first update of a new client": () =>
    onSampleFolder(async (folder, cli) => {
      const [server, plain] = [await cli.serve(), await plainServer(folder)];
      const token = cli.token();
      try {
        await server.answered(token);
        const ours = (transport: typeof DOCUMENTED | typeof DEFAULT) =>
          elapsed(() => firstUpdate(server.port, token, transport));
        const plainDefault = () => elapsed(() => firstUpdate(plain.port, "", DEFAULT));
        const plainWebSocket = () => elapsed(() => firstUpdate(plain.port, "", DOCUMENTED));
        // Both have compiled their way before it counts.
        for (let round = 0; round < WARM_UP_ROUNDS; round++) {
          for (const transport of [DOCUMENTED, DEFAULT]) await ours(transport);
          await plainDefault();
          await plainWebSocket();
        }
        const name = "first update of a new client";
        const terms = { unit: "ms", rounds: ROUNDS };
        await compare(
          { ...terms, name: `${name}: as documented, against the default transports`, bound: 0.6 },
          () => ours(DOCUMENTED),
          plainDefault,
        );
        await compare(
          { ...terms, name: `${name}: WebSocket on both sides`, bound: null },
          () => ours(DOCUMENTED),
          plainWebSocket,
        );
        await compare(
          { ...terms, name: `${name}: the default transports on both sides`, bound: null },
          () => ours(DEFAULT),
          plainDefault,
        );
      } finally {
        await plain.stop();
        await server.stop();
      }
    }),
});
