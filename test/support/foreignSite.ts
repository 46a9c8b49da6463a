import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A web site on a port of its own that has nothing to do with the stream, and shows one page. */
export class ForeignSite {
  private readonly server: Server;

  /** @param html called with each visit */
  constructor(html: () => string) {
    this.server = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>Foreign</title>${html()}`);
    });
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** By a name of its own choice: `localhost` and `127.0.0.1` are different sites to a browser. */
  origin(host = "127.0.0.1"): string {
    return `http://${host}:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
