import type { Socket as EngineSocket } from "engine.io";
import { Allowance } from "./allowance.js";
import { whenIdle } from "./engineConnection.js";
import type { HistoryPort } from "./historyPort.js";
import { historyRefusal } from "./historyRefusal.js";
import { refusal } from "./refusal.js";

/**
 * One client's questions to the history, answered one after the other, each when the answer before it has gone out: a
 * client that asks for more than it reads fills no memory.
 */
export class HistoryQuestions {
  private readonly allowance = new Allowance();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly conn: EngineSocket) {}

  /** Rejects nothing: what the question throws becomes a refusal. */
  async ask(
    history: HistoryPort | null,
    question: (history: HistoryPort) => Promise<object>,
  ): Promise<object> {
    if (!history) return refusal("UNAVAILABLE", "This stream keeps no history.");
    if (!this.allowance.allows("")) return refusal("RATE_LIMITED", "Too many questions to the history.");
    const answer = this.turn.then(async () => {
      await whenIdle(this.conn);
      return await question(history).catch((error: unknown) => historyRefusal(error));
    });
    this.turn = answer;
    return await answer;
  }
}
