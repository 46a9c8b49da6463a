/** How long a new client waits for its first update, from the opening of its connection. */
import { WebSocket } from "ws";
import { benchmark } from "../support/benchmark.js";
import { compare, elapsed } from "../support/compare.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { plainServer } from "../support/programs.js";

function firstUpdate(port: number, token: string): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (data) => {
      const text = String(data);
      if (text.startsWith("0")) socket.send(`40${JSON.stringify({ token })}`);
      else if (text.startsWith("44")) reject(new Error(text));
      else if (text.startsWith('42["fusionUpdate"')) {
        socket.terminate();
        resolve();
      }
    });
  });
}

benchmark({
  "first update of a new client": () =>
    onSampleFolder(async (folder, cli) => {
      const [server, plain] = [await cli.serve(), await plainServer(folder)];
      const token = cli.token();
      try {
        await server.answered(token);
        // Both have compiled their way before it counts.
        for (let round = 0; round < 100; round++) {
          await firstUpdate(server.port, token);
          await firstUpdate(plain.port, "");
        }
        await compare(
          { name: "first update of a new client", unit: "ms", bound: 0.6, rounds: 300 },
          () => elapsed(() => firstUpdate(server.port, token)),
          () => elapsed(() => firstUpdate(plain.port, "")),
        );
      } finally {
        await plain.stop();
        await server.stop();
      }
    }),
});
