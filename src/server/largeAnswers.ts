import type { Socket as EngineSocket } from "engine.io";
import { Allowance } from "./allowance.js";
import { whenIdle } from "./engineConnection.js";
import { refusal } from "./refusal.js";

/**
 * Those of one client's answers that can be large, one after the other, each when the one before has gone
 * out: a client that asks for more than it reads fills no memory, and for one that has gone nothing more is
 * looked up.
 */
export class LargeAnswers {
  private readonly allowance = new Allowance();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly conn: EngineSocket) {}

  /** @param make called when it is this answer's turn; what it throws is rejected with */
  async give(make: () => object | Promise<object>): Promise<object> {
    if (!this.allowance.allows("")) return refusal("RATE_LIMITED", "Too many questions at once.");
    const answer = this.turn.then(async () => {
      await whenIdle(this.conn);
      if (this.conn.readyState !== "open") return refusal("UNAVAILABLE", "The client has gone.");
      return await make();
    });
    this.turn = answer.catch(() => undefined);
    return await answer;
  }
}
