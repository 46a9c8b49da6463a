import type { ClientToServerEvents, Refusal, Scope } from "../protocol/events.js";
import type { FusionSocket } from "./events.js";
import type { HistoryPort } from "./historyPort.js";
import { historyRefusal } from "./historyRefusal.js";
import { commitsBetween, metricHistory } from "./historyRequests.js";
import { LargeAnswers } from "./largeAnswers.js";
import { refusal, scopeRefusal } from "./refusal.js";
import { changeInterval, refreshed } from "./requests.js";
import type { StreamPort } from "./streamPort.js";
import { holds } from "./tokens.js";
import { failureView, healthView, snapshotView } from "./views.js";

/** Once a second, less what a timer at either end may be early (ms). */
const REFRESH_EVERY_MS = 900;

interface ClientEvent {
  readonly scope: Scope;
  /** What it throws becomes a refusal. */
  readonly answer: (request: unknown) => object | Promise<object>;
}

/** Answers one client's events. Whatever it sends, and whether or not it waits for an answer, nothing throws. */
export function answerEvents(socket: FusionSocket, stream: StreamPort, history: HistoryPort | null): void {
  const { scope, metrics } = socket.data.claims;
  const limit = new RefreshLimit();
  const large = new LargeAnswers(socket.conn);
  const ofHistory = (question: (history: HistoryPort) => Promise<object>) => {
    if (!history) return refusal("UNAVAILABLE", "This stream keeps no history.");
    return large.give(() => question(history).catch((error: unknown) => historyRefusal(error)));
  };
  const events: Readonly<Record<keyof ClientToServerEvents, ClientEvent>> = {
    fusionRefresh: {
      scope: "refresh",
      answer: async () =>
        limit.refusal() ?? { ok: true, data: snapshotView(await refreshed(stream), metrics) },
    },
    fusionHealth: {
      scope: "read",
      answer: () => large.give(() => ({ ok: true, data: healthView(stream.health(), metrics) })),
    },
    fusionInterval: { scope: "control", answer: (request) => changeInterval(stream, request) },
    fusionHistory: {
      scope: "read",
      answer: (request) => ofHistory((port) => metricHistory(port, stream, metrics, request)),
    },
    fusionCommits: {
      scope: "read",
      answer: (request) => ofHistory((port) => commitsBetween(port, metrics, request)),
    },
  };
  const answer = async (name: string, request: unknown): Promise<object> => {
    const event = Object.hasOwn(events, name) ? events[name as keyof ClientToServerEvents] : null;
    if (!event) return refusal("NOT_FOUND", "No such event.");
    if (!holds(scope, event.scope)) return scopeRefusal(event.scope, scope);
    try {
      return await event.answer(request);
    } catch (error) {
      return refusal("COLLECTION_FAILED", failureView(error, metrics));
    }
  };
  socket.onAny(async (name: string, ...payload: unknown[]) => {
    const reply = await answer(name, payload[0]);
    const acknowledge = payload.at(-1);
    if (typeof acknowledge === "function") acknowledge(reply);
  });
}

class RefreshLimit {
  private refreshedAt = Number.NEGATIVE_INFINITY;

  /** `null` where the client may refresh now, which then counts. */
  refusal(): Refusal | null {
    const now = performance.now();
    if (now - this.refreshedAt < REFRESH_EVERY_MS) {
      return refusal("RATE_LIMITED", "A client may refresh once a second.");
    }
    this.refreshedAt = now;
    return null;
  }
}
