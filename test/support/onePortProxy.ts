import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

/**
 * A proxy that leads to one port of this machine, the first that it is asked for, and to nothing else: to a browser behind it,
 * all the rest is on a machine out of its reach.
 */
export class OnePortProxy {
  /** Hosts with ports that were asked for in vain. */
  readonly refused: string[] = [];
  private readonly server: Server;
  private allowed: string | null = null;

  constructor() {
    this.server = createServer((req, res) => {
      const target = URL.canParse(req.url ?? "") ? new URL(req.url ?? "") : null;
      if (!target || !this.leadsTo(target.host)) {
        res.writeHead(502).end();
        return;
      }
      const { method, headers } = req;
      const onward = request(target, { method: method ?? "GET", headers }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      });
      onward.on("error", () => res.destroy());
      req.pipe(onward);
    });
    // WebSockets, and whatever is encrypted.
    this.server.on("connect", (req, socket) => {
      socket.on("error", () => undefined);
      if (!this.leadsTo(req.url ?? "")) {
        socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        return;
      }
      const onward = connect(Number(req.url?.split(":").at(-1)), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }

  private leadsTo(host: string): boolean {
    if (this.allowed === null && host.startsWith("127.0.0.1:")) this.allowed = host;
    if (host === this.allowed) return true;
    this.refused.push(host);
    return false;
  }
}
