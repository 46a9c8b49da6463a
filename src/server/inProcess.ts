import { Agent, type Server } from "node:http";
import { type Duplex, duplexPair } from "node:stream";
import { WebSocket } from "ws";

/**
 * Opens a WebSocket to a server of this process, over memory instead of a network: it works where nothing listens, and
 * takes no port. The server sees a connection like any other.
 */
export function openInProcess(server: Server, url: string, headers: Record<string, string>): WebSocket {
  const [clientEnd, serverEnd] = duplexPair();
  // A pair's ends do not hear of each other's destruction, and each would wait for the other for ever.
  clientEnd.once("close", () => serverEnd.destroy());
  serverEnd.once("close", () => clientEnd.destroy());
  const socket = webSocketOver(clientEnd, url, headers);
  server.emit("connection", serverEnd);
  return socket;
}

/** Opens a WebSocket on a connection that is there. */
export function webSocketOver(connection: Duplex, url: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(url, { agent: new OneConnection(connection), headers, perMessageDeflate: false });
}

/** An agent and not `createConnection`: the proxy support of VS Code's extension host honours only the former. */
class OneConnection extends Agent {
  constructor(private readonly connection: Duplex) {
    super();
  }

  override createConnection(): Duplex {
    return this.connection;
  }
}
