import type { ClientToServerEvents, Refusal, Scope } from "../protocol/events.js";
import type { FusionSocket } from "./events.js";
import { refusal, scopeRefusal } from "./refusal.js";
import { changeInterval, refreshed } from "./requests.js";
import type { StreamPort } from "./streamPort.js";
import { holds } from "./tokens.js";
import { snapshotView } from "./views.js";

/** Once a second, less what a timer at either end may be early (ms). */
const REFRESH_EVERY_MS = 900;

interface ClientEvent {
  readonly scope: Scope;
  /** What it throws becomes a refusal. */
  readonly answer: (request: unknown) => object | Promise<object>;
}

type Answered = Extract<keyof ClientToServerEvents, "fusionRefresh" | "fusionInterval">;

/** Answers one client's events. Whatever it sends, and whether or not it waits for an answer, nothing throws. */
export function answerEvents(socket: FusionSocket, stream: StreamPort): void {
  const { scope, metrics } = socket.data.claims;
  const limit = new RefreshLimit();
  const events: Readonly<Record<Answered, ClientEvent>> = {
    fusionRefresh: {
      scope: "refresh",
      answer: async () =>
        limit.refusal() ?? { ok: true, data: snapshotView(await refreshed(stream), metrics) },
    },
    fusionInterval: { scope: "control", answer: (request) => changeInterval(stream, request) },
  };
  const answer = async (name: string, request: unknown): Promise<object> => {
    const event = Object.hasOwn(events, name) ? events[name as Answered] : null;
    if (!event) return refusal("NOT_FOUND", "No such event.");
    if (!holds(scope, event.scope)) return scopeRefusal(event.scope, scope);
    try {
      return await event.answer(request);
    } catch (error) {
      return refusal("COLLECTION_FAILED", error instanceof Error ? error.message : String(error));
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
