import type { Socket as EngineSocket } from "engine.io";
import { SourceError } from "../core/sources/sourceError.js";
import type { Refusal } from "../protocol/events.js";
import { Allowance } from "./allowance.js";
import { whenIdle } from "./engineConnection.js";
import type { HistoryPort } from "./historyPort.js";
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

/** What to say where the history fails. What its storage says names paths of this machine, and is for the log. */
export function historyRefusal(error: unknown): Refusal {
  const reason =
    error instanceof SourceError ? error.reason : "The history cannot be read now. The log says why.";
  return refusal("UNAVAILABLE", reason);
}
