import type { IncomingMessage } from "node:http";
import { protocol, Server } from "engine.io";

/**
 * A request with its query as engine.io wants it. It would parse the target once more itself, by other rules
 * than the gate's.
 */
export type EngineRequest = IncomingMessage & { _query: Record<string, string> };

/** An engine.io that can be asked what it would refuse: its own answers have not the form of our refusals. */
export class CheckedEngine extends Server {
  private opening = 0;

  /**
   * Open or about to be: engine.io counts a session a moment after it took the request, and more may have
   * come by then.
   */
  get sessionsCount(): number {
    return this.clientsCount + this.opening;
  }

  /** What is wrong with a request, in engine.io's words; `null` where it takes it. */
  objection(req: EngineRequest, isUpgrade: boolean): string | null {
    let code: keyof typeof Server.errorMessages | undefined;
    this.verify(req, isUpgrade, (found) => {
      code = found;
    });
    // Of a new session it asks this only when it has begun to open it.
    if (code === undefined && req._query.EIO !== String(protocol)) {
      code = Server.errors.UNSUPPORTED_PROTOCOL_VERSION;
    }
    return code === undefined ? null : Server.errorMessages[code];
  }

  protected override async handshake(...args: Parameters<Server["handshake"]>): Promise<unknown> {
    this.opening += 1;
    try {
      return await super.handshake(...args);
    } finally {
      this.opening -= 1;
    }
  }
}
